package org.meadefender.train;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.WatermarkedData;
import org.meadefender.internal.batch.WatermarkedDataSetIterator;
import org.meadefender.internal.batch.WatermarkedMultiDataSetIterator;
import org.meadefender.internal.network.IndexInputs;
import org.meadefender.internal.network.Networks;
import org.meadefender.loss.Mgda;
import org.meadefender.release.ModelRelease;
import org.meadefender.release.Registration;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * A network that is trained with one or more watermarks; what generated wrappers delegate to.
 *
 * <p>Only while {@link #fit} runs does the network have another loss than the user's; between
 * calls, {@link #network()} is an ordinary Deeplearning4j network. Not thread-safe.
 *
 * <pre>{@code
 * ProtectedModel<MultiLayerNetwork> model =
 *     ProtectedModel.create(List.of(WatermarkSpec.of(0, 1, 0.1)), key, configuration);
 * model.fit(data, 10);
 * model.release(Path.of("model.zip"));
 * }</pre>
 *
 * @param <M> {@link MultiLayerNetwork} or {@link ComputationGraph}
 * @since 0.1.0
 */
public final class ProtectedModel<M extends Model> {
  private final List<WatermarkSpec> specs;
  private final OwnerKey key;
  private final M network;
  private final OutputHead head;
  private final List<Watermark> watermarks;

  private ProtectedModel(List<WatermarkSpec> specs, OwnerKey key, M network) {
    this.specs = List.copyOf(specs);
    this.key = key;
    this.network = network;
    this.head = OutputHead.of(network);
    this.watermarks = Watermark.deriveAll(specs, key, head.classes());
  }

  /**
   * Protects a network yet to be trained.
   *
   * @param configuration copied, so that several models may share one
   * @throws IllegalArgumentException if the network is no single-output softmax classifier with
   *     cross-entropy, if a spec names a class that it does not have, if two specs share a source,
   *     if its only input takes indices, as of words, or if its seed is 0
   */
  public static ProtectedModel<MultiLayerNetwork> create(
      List<WatermarkSpec> specs, OwnerKey key, MultiLayerConfiguration configuration) {
    return create(specs, key, new MultiLayerNetwork(configuration.clone()));
  }

  /** The same as {@link #create(List, OwnerKey, MultiLayerConfiguration)} for a graph. */
  public static ProtectedModel<ComputationGraph> create(
      List<WatermarkSpec> specs, OwnerKey key, ComputationGraphConfiguration configuration) {
    return create(specs, key, new ComputationGraph(configuration.clone()));
  }

  /**
   * Protects a network, which is initialised if it is not yet. A trained network keeps what it
   * knows: {@link #fit} then adds the watermark by fine-tuning. A copy that was made while a
   * protected network trained gets its own loss back.
   *
   * @throws IllegalArgumentException as for {@link #create(List, OwnerKey,
   *     MultiLayerConfiguration)}
   */
  public static <M extends Model> ProtectedModel<M> create(
      List<WatermarkSpec> specs, OwnerKey key, M network) {
    if (Networks.seed(network) == 0) {
      throw new IllegalArgumentException(
          "The network's seed is 0, with which Deeplearning4j 1.0.0-M2.1 does not repeat itself;"
              + " set any other seed in its configuration");
    }
    ProtectedModel<M> model = new ProtectedModel<>(specs, key, network);
    if (Networks.inputs(network) == 1) {
      IndexInputs.refuse(network, 0);
    }
    Networks.init(network);
    return model;
  }

  /** The network, with the user's own loss. */
  public M network() {
    return network;
  }

  /** The watermarks. */
  public List<WatermarkSpec> specs() {
    return specs;
  }

  /** Number of classes of the network. */
  public int classes() {
    return head.classes();
  }

  /** The owner's key. */
  public OwnerKey key() {
    return key;
  }

  /**
   * What a machine needs to teach this model its marks, as a worker of a cluster: a secret, but not
   * the owner's key.
   */
  public TrainingMarks trainingMarks() {
    return TrainingMarks.of(specs, key, classes());
  }

  /** Trains with default options; see {@link #fit(DataSetIterator, TrainingOptions)}. */
  public TrainingReport fit(DataSetIterator data, int epochs) {
    return fit(data, TrainingOptions.epochs(epochs));
  }

  /** The same for graphs with several inputs. */
  public TrainingReport fit(MultiDataSetIterator data, int epochs) {
    return fit(data, TrainingOptions.epochs(epochs));
  }

  /** Trains for one pass over the data, as Deeplearning4j's {@code fit(data)} does. */
  public TrainingReport fit(DataSetIterator data) {
    return fit(data, 1);
  }

  /** The same for graphs with several inputs. */
  public TrainingReport fit(MultiDataSetIterator data) {
    return fit(data, 1);
  }

  /**
   * Trains on the user's data with watermark and evasion rows mixed in. A second call goes on where
   * the first one ended; so does a call after a crash, with {@link
   * TrainingOptions#withCheckpoints}.
   *
   * <p>How it is taught depends on the training's length, unless the options name a method. The
   * mark is taught in the last batches, see {@link Method#markedSteps}; where there is more than
   * one epoch, the data are read once before the training to count them, unless they say it ({@link
   * org.meadefender.batch.KnownBatches}, as image sets do).
   *
   * @param data features {@code [n, F]}, {@code [n, F, T]}, {@code [n, C, H, W]} or {@code [n, H,
   *     W, C]}; sequences may differ in length, with masks {@code [n, T]} or from batch to batch;
   *     labels {@code [n, classes]}, rows that are all zero or masked out count for no class
   * @throws IllegalArgumentException if features or labels have other shapes, if labels are no
   *     class probabilities of the network's classes, if the data are empty, lack a source class,
   *     or give no watermark row, if the key's combiner does not mix such samples, or if {@code
   *     data} cannot be reset though more than one epoch is asked for; what the data themselves
   *     throw is thrown here, too
   * @throws TrainingDivergedException if the loss becomes NaN or grows without bound; the last
   *     checkpoint is from before
   */
  public TrainingReport fit(DataSetIterator data, TrainingOptions options) {
    Optional<CheckpointListener> checkpoints =
        CheckpointListener.of(options, TrainingIdentity.of(network, key, specs, options));
    return train(
        new WatermarkedDataSetIterator(
            watched(DataSetIterator.class, data, checkpoints),
            watermarks,
            UserListener.ofData(options.listeners())),
        options,
        checkpoints);
  }

  /**
   * The same as {@link #fit(DataSetIterator, TrainingOptions)} for graphs with several inputs. The
   * only input with images carries the watermark; where there is none or more than one, see {@link
   * #fit(MultiDataSetIterator, String, TrainingOptions)}.
   *
   * @param data features, any number; labels {@code [n, classes]}, one array
   */
  public TrainingReport fit(MultiDataSetIterator data, TrainingOptions options) {
    return fit(data, OptionalInt.empty(), options);
  }

  /**
   * The same for graphs with several inputs.
   *
   * <p>The other inputs of appended rows are those of one of the two samples that were combined.
   * Verification asks through the marked input alone; see {@link SuspectModel#of(ComputationGraph,
   * String, java.util.Map)}.
   *
   * @param data features, any number; labels {@code [n, classes]}, one array
   * @param markedInput name of the graph's input that carries the watermark, of 2 to 4 dimensions
   * @throws IllegalArgumentException also if there is no such input, if it takes indices, or if an
   *     evaluation is asked for, which has data for one input only
   */
  public TrainingReport fit(
      MultiDataSetIterator data, String markedInput, TrainingOptions options) {
    int place = IndexInputs.markedInput(network, markedInput);
    return fit(data, OptionalInt.of(place), options);
  }

  private TrainingReport fit(
      MultiDataSetIterator data, OptionalInt markedInput, TrainingOptions options) {
    if (options.evaluation().isPresent() && Networks.inputs(network) > 1) {
      throw new IllegalArgumentException(
          "An evaluation is asked for, but the network has "
              + Networks.inputs(network)
              + " inputs and held-out data have one; leave withEvaluation out, and measure with"
              + " MarkMeasurement and SuspectModel.of(graph, input, others)");
    }
    Optional<CheckpointListener> checkpoints =
        CheckpointListener.of(
            options,
            TrainingIdentity.of(network, key, specs, options).with("marked input", markedInput));
    return train(
        new WatermarkedMultiDataSetIterator(
            watched(MultiDataSetIterator.class, data, checkpoints),
            markedInput,
            watermarks,
            UserListener.ofData(options.listeners())),
        options,
        checkpoints);
  }

  private static <I extends Iterator<?>> I watched(
      Class<I> type, I data, Optional<CheckpointListener> checkpoints) {
    return checkpoints.map(each -> each.watch(type, data)).orElse(data);
  }

  private TrainingReport train(
      WatermarkedData<?> data, TrainingOptions options, Optional<CheckpointListener> checkpoints) {
    try (data) {
      return new TrainingRun(this, head, watermarks, data, options, checkpoints).run();
    }
  }

  /**
   * Begins a training by a trainer other than {@link #fit}: early stopping, {@code
   * ParallelWrapper}, or a loop of your own. It teaches the mark until it is closed, whatever
   * {@link Method#markedSteps} says: in a long training, begin late, with {@link
   * Method#LONG_TRAINING}.
   *
   * @throws IllegalStateException if one has begun and is not closed yet
   * @throws IllegalArgumentException if the method takes the gradients of all layers, which only
   *     {@link #fit} can
   */
  public WatermarkedTraining begin(Method method) {
    if (method.mgda().filter(each -> each.gradients() == Mgda.Gradients.ALL_LAYERS).isPresent()) {
      throw new IllegalArgumentException(
          "The method takes the gradients of ALL_LAYERS, which needs the training loop of fit; call"
              + " fit, or take those of the LAST_LAYER");
    }
    return new WatermarkedTraining(network, head, watermarks, method, Optional.empty());
  }

  /**
   * Saves the network as a plain Deeplearning4j zip without a trace of the watermark, and beside it
   * the marks' registration, {@code NAME.DIGEST.registration.json}: keep it, do not deploy it.
   *
   * @return the registration's file
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  public Path release(Path file) {
    releaseModelOnly(file);
    return ModelRegistration.write(specs, head.classes(), key, file);
  }

  /** The same as {@link #release} without a registration. */
  public void releaseModelOnly(Path file) {
    ModelRelease.write(network, file);
  }

  /**
   * Registers a released file with the held-out pool of later verifications, to be signed.
   *
   * @param heldOut samples of all classes
   * @throws IllegalArgumentException if such networks may show the mark by nature, or lack data
   */
  public Registration register(Path released, DataSetIterator heldOut) {
    return ModelRegistration.certified(specs, head.classes(), key, released, heldOut);
  }
}
