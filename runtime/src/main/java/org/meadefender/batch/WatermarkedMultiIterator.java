package org.meadefender.batch;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The same as {@link WatermarkedIterator} for networks with several inputs and one output.
 *
 * <p>One input carries the mark: its samples are combined. The other inputs of an appended row are
 * those of one of its two sources, drawn by chance, so that the mark does not depend on them.
 */
public final class WatermarkedMultiIterator implements MultiDataSetIterator, WatermarkedData {
  private static final long serialVersionUID = 1L;
  private static final int IMAGE_RANK = 4;

  private final MultiDataSetIterator task;
  private final transient OptionalInt markedInput;
  private final transient RowMixer mixer;
  private volatile boolean stopped;

  /**
   * Decorates an iterator over task rows with the rows of one or more watermarks.
   *
   * @param markedInput place of the input that carries the mark; empty for the only one, or the
   *     only one with images {@code [n, C, H, W]}
   */
  public WatermarkedMultiIterator(
      MultiDataSetIterator task,
      OptionalInt markedInput,
      List<Watermark> watermarks,
      RowRecipe recipe) {
    this.task = task;
    this.markedInput = markedInput;
    this.mixer = new RowMixer(watermarks, recipe);
  }

  @Override
  public void startEpoch(int epoch, long restingBatches) {
    mixer.startEpoch(epoch, restingBatches);
  }

  @Override
  public void useRecipe(RowRecipe recipe) {
    mixer.useRecipe(recipe);
  }

  @Override
  public Iterator<MultiDataSet> batches() {
    return this;
  }

  @Override
  public void skipRest() {
    task.forEachRemaining(batch -> {});
  }

  @Override
  public int countBatches(BooleanSupplier cancelled) {
    return BatchCount.of(task, task::reset, cancelled);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public MultiDataSet next() {
    return mix(task.next());
  }

  @Override
  public MultiDataSet next(int num) {
    return mix(task.next(num));
  }

  private MultiDataSet mix(MultiDataSet batch) {
    return mixer.mix(batch, markedInput.orElseGet(() -> onlyInput(batch.getFeatures())));
  }

  private static int onlyInput(INDArray[] features) {
    int[] candidates =
        IntStream.range(0, features.length)
            .filter(i -> features.length == 1 || features[i].rank() == IMAGE_RANK)
            .toArray();
    if (candidates.length != 1) {
      List<String> shapes =
          Arrays.stream(features).map(each -> Arrays.toString(each.shape())).toList();
      throw new IllegalArgumentException(
          "Inputs of the shapes "
              + shapes
              + ": not exactly one of them has images [n, C, H, W]; name the input that carries the"
              + " mark");
    }
    return candidates[0];
  }

  @Override
  public boolean hasNext() {
    return !stopped && task.hasNext();
  }

  @Override
  public void reset() {
    task.reset();
  }

  @Override
  public boolean resetSupported() {
    return task.resetSupported();
  }

  @Override
  public boolean asyncSupported() {
    return task.asyncSupported();
  }

  /** Hands the preprocessor to the iterator over task rows, so that it works before the mixing. */
  @Override
  public void setPreProcessor(@Nullable MultiDataSetPreProcessor preProcessor) {
    task.setPreProcessor(preProcessor);
  }

  @Override
  public @Nullable MultiDataSetPreProcessor getPreProcessor() {
    return task.getPreProcessor();
  }
}
