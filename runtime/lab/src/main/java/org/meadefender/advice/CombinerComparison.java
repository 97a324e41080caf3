package org.meadefender.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.AttackListener;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.NativeMemory;
import org.meadefender.internal.RandomState;
import org.meadefender.internal.evaluation.Evaluator;
import org.meadefender.internal.network.Networks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.verify.Evaluation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out before a training which kind of combiner survives theft on the user's data: which one
 * does differs from data to data, and no rule tells.
 *
 * <p>For each kind, a network is trained on a sample of the data with the mark, and stolen with all
 * probabilities and with top classes only by a thief who asks about the same sample. The figures
 * are those of a short training on few samples; only their order is meant.
 */
public final class CombinerComparison {
  private static final Logger log = LoggerFactory.getLogger(CombinerComparison.class);

  private static final int ROWS = 6_000;
  private static final int EPOCHS = 6;

  /** Of each combiner: the protected network and two copies. */
  private static final int TRAININGS = 3;

  private final WatermarkSpec spec;
  private final OwnerKey key;
  private final Model network;
  private final Method method;
  private final int rows;
  private final int epochs;
  private final AttackListener listener;
  private final BooleanSupplier cancel;

  private CombinerComparison(
      WatermarkSpec spec,
      OwnerKey key,
      Model network,
      Method method,
      int rows,
      int epochs,
      AttackListener listener,
      BooleanSupplier cancel) {
    this.spec = spec;
    this.key = key;
    this.network = network;
    this.method = method;
    this.rows = rows;
    this.epochs = epochs;
    this.listener = listener;
    this.cancel = cancel;
  }

  /**
   * A comparison with 6,000 samples and 6 epochs: ten short trainings, some minutes for a small
   * network.
   *
   * @param spec the watermark, of which only the combiner is open; a combiner of the user's own is
   *     tried beside the built-in kinds
   * @param network what is to be trained; not changed, and its weights, if it has any, do not count
   */
  public static CombinerComparison of(WatermarkSpec spec, OwnerKey key, Model network) {
    return new CombinerComparison(
        spec,
        key,
        network,
        Method.DEFAULT,
        ROWS,
        EPOCHS,
        AttackListener.NONE,
        () -> Thread.currentThread().isInterrupted());
  }

  /** The same for the first watermark of a model, before or after its training. */
  public static CombinerComparison of(ProtectedModel<?> model) {
    return of(model.specs().get(0), model.key(), model.network());
  }

  /** The same with another way to teach the mark. */
  public CombinerComparison withMethod(Method newMethod) {
    return new CombinerComparison(spec, key, network, newMethod, rows, epochs, listener, cancel);
  }

  /** The same with another sample of the data, at least 1. */
  public CombinerComparison withRows(int newRows) {
    require("rows", newRows);
    return new CombinerComparison(spec, key, network, method, newRows, epochs, listener, cancel);
  }

  /** The same with another number of passes of owner and thieves, at least 1. */
  public CombinerComparison withEpochs(int newEpochs) {
    require("epochs", newEpochs);
    return new CombinerComparison(spec, key, network, method, rows, newEpochs, listener, cancel);
  }

  /** The same with another observer, which hears of each finished training. */
  public CombinerComparison withListener(AttackListener newListener) {
    return new CombinerComparison(spec, key, network, method, rows, epochs, newListener, cancel);
  }

  /** The same with another way to cancel, asked after every batch or epoch. */
  public CombinerComparison withCancel(BooleanSupplier newCancel) {
    return new CombinerComparison(spec, key, network, method, rows, epochs, listener, newCancel);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }

  /**
   * Runs.
   *
   * @param training batches of the task, labels {@code [n, classes]}; one pass is read
   * @param heldOut samples that are not trained on, with those of both source classes; resettable
   * @throws CancellationException if it was cancelled
   * @throws IllegalArgumentException if the spec does not fit the network, or the data not the spec
   */
  public CombinerComparisonResult run(DataSetIterator training, DataSetIterator heldOut) {
    List<Watermark> marks = marks();
    TransferSamples samples = new TransferSamples(rows, () -> marks.get(0).random("trial/samples"));
    if (training.resetSupported()) {
      training.reset();
    }
    training.forEachRemaining(batch -> samples.offer(batch.toMultiDataSet()));
    return RandomState.kept(() -> run(marks, samples, heldOut));
  }

  /** One for each combiner; blending only where the key has an autoencoder. */
  private List<Watermark> marks() {
    int classes = ProtectedModel.create(List.of(spec), key, Networks.fresh(network)).classes();
    boolean blending = key.autoencoder().isPresent();
    if (!blending) {
      log.info("AUTOENCODER_BLENDING is not tried: the key has no autoencoder");
    }
    return Stream.concat(
            spec.ownCombiner().stream().map(name -> spec),
            Stream.of(Combine.values())
                .filter(kind -> blending || kind != Combine.AUTOENCODER_BLENDING)
                .map(spec::withCombine))
        .map(each -> Watermark.derive(each, key, classes))
        .toList();
  }

  private CombinerComparisonResult run(
      List<Watermark> marks, TransferSamples samples, DataSetIterator heldOut) {
    SmallThief thief =
        new SmallThief(Networks.fresh(network), epochs, (step, done, total) -> throwIfCancelled());
    RandomGenerator random = marks.get(0).random("trial");
    LabelledSamples data = samples.draw(rows, random.nextLong());
    int batch = Math.min(SmallThief.BATCH, samples.largestBatch());
    int trainings = 1 + TRAININGS * marks.size();
    long order = random.nextLong();
    double unmarkedAccuracy = unmarkedAccuracy(data.shuffledBatches(batch, order), heldOut);
    listener.progress("plain network", 1, trainings);
    List<CombinerComparisonResult.Row> results = new ArrayList<>();
    for (Watermark mark : marks) {
      String name = CombinerComparisonResult.name(mark.spec());
      int done = 1 + TRAININGS * results.size();
      Evaluator evaluator = new Evaluator(List.of(mark), heldOut);
      Model victim = victim(mark.spec(), data.shuffledBatches(batch, order));
      Evaluation ofVictim = evaluator.evaluate(victim);
      listener.progress(name + ", protected", done + 1, trainings);
      Evaluation soft = evaluator.evaluate(thief.soft(victim, data, random.nextLong()));
      listener.progress(name + ", stolen with probabilities", done + 2, trainings);
      Evaluation hard = evaluator.evaluate(thief.hard(victim, data, random.nextLong()));
      listener.progress(name + ", stolen with top classes", done + TRAININGS, trainings);
      results.add(
          new CombinerComparisonResult.Row(
              mark.spec(), unmarkedAccuracy - ofVictim.accuracy(), ofVictim, soft, hard));
      NativeMemory.release();
    }
    return new CombinerComparisonResult(unmarkedAccuracy, results);
  }

  private double unmarkedAccuracy(DataSetIterator data, DataSetIterator heldOut) {
    Model plain = Networks.fresh(network);
    Acceleration.enable(plain);
    for (int epoch = 0; epoch < epochs; epoch++) {
      throwIfCancelled();
      ((NeuralNetwork) plain).fit(data);
      data.reset();
    }
    heldOut.reset();
    return Networks.accuracy(plain, heldOut);
  }

  private Model victim(WatermarkSpec marked, DataSetIterator data) {
    ProtectedModel<Model> victim =
        ProtectedModel.create(List.of(marked), key, Networks.fresh(network));
    victim.fit(
        data,
        TrainingOptions.epochs(epochs)
            .withMethod(method)
            .withProgress(progress -> {})
            .withCancel(cancel));
    throwIfCancelled();
    return victim.network();
  }

  private void throwIfCancelled() {
    if (cancel.getAsBoolean()) {
      throw new CancellationException("The comparison of combiners was cancelled");
    }
  }
}
