package org.meadefender.internal.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Adds watermark, evasion and source rows to the batches of another iterator.
 *
 * <p>Features grow from {@code [n, …]} to {@code [n + m, …]}, labels from {@code [n, classes]} to
 * {@code [n + m, classes + 3]} (see {@link RowLabels}); task rows stay first and in their order.
 * Sources are taken from the batch itself, or from a bounded pool of earlier samples where it has
 * none. Preprocessors work before the mixing, in the iterator behind this one. The rows depend on
 * the key, the epoch and the data only.
 *
 * <p>Data that support prefetching are read two batches ahead, by a thread that ends with them or
 * with {@link #close}; nobody else needs to prefetch. What they or their preprocessor throw, and
 * the errors below, are thrown by {@link #hasNext} or {@link #next}: {@link
 * IllegalArgumentException} if features or labels have other shapes, if labels are no class
 * probabilities, if the key's combiner does not mix such samples, and at the end of a pass that has
 * no sample of a source class, or that should have had watermark rows and had none.
 */
public final class WatermarkedDataSetIterator extends WatermarkedData<DataSet>
    implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  private final transient DataSetIterator task;

  /** Decorates an iterator over task rows with the rows of one or more watermarks. */
  public WatermarkedDataSetIterator(
      DataSetIterator task, List<Watermark> watermarks, RowRecipe recipe) {
    this(task, watermarks, TaskBatchListener.NONE, recipe);
  }

  /**
   * The same for trainings, which name a recipe with each {@link #startEpoch}.
   *
   * @param listener sees each batch of task rows, skipped ones too
   */
  public WatermarkedDataSetIterator(
      DataSetIterator task, List<Watermark> watermarks, TaskBatchListener listener) {
    this(task, watermarks, listener, RowRecipe.DEFAULT);
  }

  private WatermarkedDataSetIterator(
      DataSetIterator task,
      List<Watermark> watermarks,
      TaskBatchListener listener,
      RowRecipe recipe) {
    super(task, watermarks, listener, recipe, batch -> new INDArray[] {batch.getFeatures()});
    this.task = task;
  }

  @Override
  MultiDataSet rows(DataSet batch) {
    return batch.toMultiDataSet();
  }

  @Override
  int marked(MultiDataSet rows) {
    return 0;
  }

  @Override
  DataSet withRows(DataSet batch, MultiDataSet mixed) {
    DataSet result =
        new DataSet(
            mixed.getFeatures(0),
            mixed.getLabels(0),
            mixed.getFeaturesMaskArray(0),
            mixed.getLabelsMaskArray(0));
    result.setLabelNames(batch.getLabelNamesList());
    return result;
  }

  /** Another number of task rows; where a batch was read ahead, that one. */
  @Override
  public DataSet next(int num) {
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

  /** Task rows per batch; the batches themselves are larger. */
  @Override
  public int batch() {
    return task.batch();
  }

  @Override
  public int inputColumns() {
    return task.inputColumns();
  }

  @Override
  public int totalOutcomes() {
    return task.totalOutcomes();
  }

  /** Hands the preprocessor to the iterator over task rows, so that it works before the mixing. */
  @Override
  public void setPreProcessor(@Nullable DataSetPreProcessor preProcessor) {
    task.setPreProcessor(preProcessor);
  }

  @Override
  public @Nullable DataSetPreProcessor getPreProcessor() {
    return task.getPreProcessor();
  }

  @Override
  public @Nullable List<String> getLabels() {
    return task.getLabels();
  }
}
