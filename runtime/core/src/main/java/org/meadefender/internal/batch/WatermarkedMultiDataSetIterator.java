package org.meadefender.internal.batch;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
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
public final class WatermarkedMultiDataSetIterator extends WatermarkedData<MultiDataSet>
    implements MultiDataSetIterator {
  private static final long serialVersionUID = 1L;
  private static final int IMAGE_RANK = 4;

  private final transient MultiDataSetIterator task;
  private final transient OptionalInt markedInput;

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
    super(task, watermarks, listener, recipe, MultiDataSet::getFeatures);
    this.task = task;
    this.markedInput = markedInput;
  }

  @Override
  MultiDataSet rows(MultiDataSet batch) {
    return batch;
  }

  @Override
  int marked(MultiDataSet rows) {
    return markedInput.orElseGet(() -> onlyInput(rows.getFeatures()));
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
  MultiDataSet withRows(MultiDataSet batch, MultiDataSet mixed) {
    return mixed;
  }

  /** Another number of task rows; where a batch was read ahead, that one. */
  @Override
  public MultiDataSet next(int num) {
    return aheadOr(() -> task.next(num));
  }

  @Override
  boolean readsAhead() {
    return task.asyncSupported();
  }

  @Override
  void resetTask() {
    task.reset();
  }

  @Override
  public boolean resetSupported() {
    return task.resetSupported();
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
