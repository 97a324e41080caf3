package org.meadefender.internal.batch;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The same as {@link WatermarkedDataSetIterator} for networks with several inputs and one output.
 *
 * <p>One input carries the mark: its samples are combined. The other inputs of an appended row are
 * those of one of its two sources, drawn by chance, so that the mark does not depend on them.
 */
public final class WatermarkedMultiDataSetIterator
    implements MultiDataSetIterator, WatermarkedData {
  private static final long serialVersionUID = 1L;
  private static final int IMAGE_RANK = 4;

  private final MultiDataSetIterator task;
  private final transient OptionalInt markedInput;
  private final transient RowMixer mixer;
  private final transient TaskBatchListener listener;
  private final transient ReadAhead<MultiDataSet> ahead;
  private volatile boolean stopped;

  /**
   * Decorates an iterator over task rows with the rows of one or more watermarks.
   *
   * @param markedInput place of the input that carries the mark; empty for the only one, or the
   *     only one with images {@code [n, C, H, W]}
   */
  public WatermarkedMultiDataSetIterator(
      MultiDataSetIterator task,
      OptionalInt markedInput,
      List<Watermark> watermarks,
      RowRecipe recipe) {
    this(task, markedInput, watermarks, TaskBatchListener.NONE, recipe);
  }

  /**
   * The same for trainings, which name a recipe with each {@link #startEpoch}.
   *
   * @param listener sees each batch of task rows, skipped ones too
   */
  public WatermarkedMultiDataSetIterator(
      MultiDataSetIterator task,
      OptionalInt markedInput,
      List<Watermark> watermarks,
      TaskBatchListener listener) {
    this(task, markedInput, watermarks, listener, RowRecipe.DEFAULT);
  }

  private WatermarkedMultiDataSetIterator(
      MultiDataSetIterator task,
      OptionalInt markedInput,
      List<Watermark> watermarks,
      TaskBatchListener listener,
      RowRecipe recipe) {
    this.task = task;
    this.listener = listener;
    this.markedInput = markedInput;
    this.mixer = new RowMixer(watermarks, recipe);
    this.ahead =
        new ReadAhead<>(
            this::taskHasNext,
            () -> mix(task.next()),
            batch -> ReadAhead.bytes(batch.getFeatures()));
  }

  @Override
  public void startEpoch(int epoch, long restingBatches, RowRecipe recipe) {
    mixer.startEpoch(epoch, restingBatches, recipe);
  }

  @Override
  public Iterator<MultiDataSet> batches() {
    return this;
  }

  @Override
  public void skipRest() {
    task.forEachRemaining(
        batch -> {
          listener.offer(batch);
          mixer.skip(batch, marked(batch));
        });
  }

  @Override
  public int countBatches(BooleanSupplier cancelled) {
    return BatchCount.of(task, this::reset, batch -> mixer.check(batch, marked(batch)), cancelled);
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
    return task.asyncSupported() ? ahead.next() : mix(task.next());
  }

  /** Another number of task rows; where a batch was read ahead, that one. */
  @Override
  public MultiDataSet next(int num) {
    return ahead.isAhead() ? ahead.next() : mix(task.next(num));
  }

  private MultiDataSet mix(MultiDataSet batch) {
    listener.offer(batch);
    return mixer.mix(batch, marked(batch));
  }

  private int marked(MultiDataSet batch) {
    return markedInput.orElseGet(() -> onlyInput(batch.getFeatures()));
  }

  /** Place of the input that carries the mark where none is named. */
  static int onlyInput(INDArray[] features) {
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
    return !stopped && (task.asyncSupported() ? ahead.hasNext() : taskHasNext());
  }

  private boolean taskHasNext() {
    boolean more = task.hasNext();
    if (!more) {
      mixer.requireMarked();
    }
    return more;
  }

  @Override
  public void reset() {
    ahead.close();
    listener.restart();
    mixer.restart();
    task.reset();
  }

  @Override
  public void close() {
    ahead.close();
  }

  @Override
  public boolean resetSupported() {
    return task.resetSupported();
  }

  /** No: this iterator reads ahead itself, and tells the caller what goes wrong. */
  @Override
  public boolean asyncSupported() {
    return false;
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
