package org.meadefender.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.WatermarkedData;
import org.meadefender.internal.batch.WatermarkedDataSetIterator;
import org.meadefender.internal.batch.WatermarkedMultiDataSetIterator;
import org.meadefender.internal.loss.LossStep;
import org.meadefender.internal.loss.LossWatermark;
import org.meadefender.internal.network.IndexInputs;
import org.meadefender.internal.network.Networks;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The time in which a network has the watermark's loss, for trainers of Deeplearning4j's own: early
 * stopping, {@code ParallelWrapper}, or a loop of yours. They train {@link
 * ProtectedModel#network()} on what {@link #decorate} returns; {@link #close} gives the network its
 * own loss back.
 *
 * <pre>{@code
 * try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
 *   new EarlyStoppingTrainer(earlyStopping, model.network(), training.decorate(data)).fit();
 * }
 * }</pre>
 *
 * <p>What a trainer saves while it trains, as {@code CheckpointListener} and the savers of early
 * stopping do, names the network's own loss, not the watermark's, and may be loaded, protected and
 * released; so may copies that it keeps in memory, once this is closed. Workers of {@code
 * ParallelWrapper} train with fixed weights. Of that trainer's modes only averaging works: shared
 * gradients deadlock in Deeplearning4j 1.0.0-M2.1. Copies that you make through JSON yourself have
 * the network's own loss: they cannot train on decorated data.
 *
 * @since 0.1.0
 */
public final class WatermarkedTraining implements AutoCloseable {
  private final Model network;
  private final OutputHead head;
  private final ILossFunction own;
  private final LossWatermark loss;
  private final List<Watermark> watermarks;
  private final Method method;
  private final Optional<FullGradients> fullGradients;
  private final List<WatermarkedData<?>> decorated = new ArrayList<>();

  WatermarkedTraining(
      Model network,
      OutputHead head,
      List<Watermark> watermarks,
      Method method,
      Optional<Consumer<LossStep>> observer) {
    this.network = network;
    this.head = head;
    this.own = head.ownLoss();
    this.watermarks = watermarks;
    this.method = method;
    LossWatermark fixed =
        new LossWatermark(own, method.weights()).withMiniBatch(network.conf().isMiniBatch());
    this.fullGradients =
        method
            .mgda()
            .filter(mgda -> mgda.gradients() == Mgda.Gradients.ALL_LAYERS)
            .map(mgda -> new FullGradients(network, head, fixed, mgda));
    LossWatermark balanced =
        fullGradients
            .map(full -> fixed.balancedAs(full::alphas))
            .or(() -> method.mgda().map(mgda -> fixed.balancedBy(mgda, this::lastLayerInput)))
            .orElse(fixed);
    this.loss = observer.map(balanced::observedBy).orElse(balanced);
    head.teach(loss);
  }

  /**
   * Gives a network the watermark's loss on a machine without the owner's key, as a worker of a
   * cluster, until what this returns is closed.
   *
   * @param copy of the network in training
   * @param marks as {@link TrainingMarks#at} gives them for that place
   * @param method its weights, recipe and balance of the losses count here
   * @throws IllegalArgumentException as {@link Method#requireSingleSteps}
   */
  public static WatermarkedTraining onWorker(Model copy, List<Watermark> marks, Method method) {
    method.requireSingleSteps();
    return new WatermarkedTraining(copy, OutputHead.of(copy), marks, method, Optional.empty());
  }

  private INDArray lastLayerInput() {
    return Networks.lastLayerInput(network);
  }

  /** One pass over the data. */
  void fit(WatermarkedData<?> data) {
    if (fullGradients.isPresent()) {
      Networks.fit(network, data, fullGradients.get()::balance);
    } else {
      Networks.fit(network, data);
    }
  }

  /**
   * The same data with the watermark's rows mixed in. Features grow from {@code [n, …]} to {@code
   * [n + m, …]}, labels from {@code [n, classes]} to {@code [n + m, classes + 3]}; task rows stay
   * first and in their order. Preprocessors work before the mixing.
   *
   * <p>Data that support prefetching are read two batches ahead, by a thread that ends with them or
   * with {@link #close}; nobody else needs to prefetch. What goes wrong is thrown by {@code
   * hasNext} or {@code next}: what the data themselves throw, and {@link IllegalArgumentException}
   * if features or labels have other shapes, if labels are no class probabilities, if the key's
   * combiner does not mix such samples, and at the end of a pass that has no sample of a source
   * class, or that should have had watermark rows and had none.
   */
  public DataSetIterator decorate(DataSetIterator data) {
    return kept(new WatermarkedDataSetIterator(data, watermarks, method.recipe()));
  }

  /**
   * The same as {@link #decorate(DataSetIterator)} for graphs with several inputs. The only one, or
   * the only one with images {@code [n, C, H, W]}, carries the mark; the others of an appended row
   * are those of one of its two sources, drawn by chance.
   */
  public MultiDataSetIterator decorate(MultiDataSetIterator data) {
    return kept(
        new WatermarkedMultiDataSetIterator(
            data, OptionalInt.empty(), watermarks, method.recipe()));
  }

  /**
   * The same as {@link #decorate(MultiDataSetIterator)} on another input.
   *
   * @param markedInput name of the graph's input whose samples are combined
   * @throws IllegalArgumentException if there is no such input
   */
  public MultiDataSetIterator decorate(MultiDataSetIterator data, String markedInput) {
    int place = IndexInputs.markedInput(network, markedInput);
    return kept(
        new WatermarkedMultiDataSetIterator(
            data, OptionalInt.of(place), watermarks, method.recipe()));
  }

  private <T extends WatermarkedData<?>> T kept(T data) {
    decorated.add(data);
    return data;
  }

  /** Gives the network its own loss back, and ends the threads that read decorated data ahead. */
  @Override
  public void close() {
    loss.retire();
    head.setLoss(own);
    decorated.forEach(WatermarkedData::close);
  }
}
