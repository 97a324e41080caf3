package org.meadefender.batch;

import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
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
 * none; the data are never read ahead. Preprocessors work before the mixing, in the iterator behind
 * this one. The rows depend on the key, the epoch and the data only.
 */
public final class WatermarkedIterator implements DataSetIterator, WatermarkedData {
  private static final long serialVersionUID = 1L;

  private final DataSetIterator task;
  private final transient RowMixer mixer;
  private final transient TaskBatchListener listener;
  private volatile boolean stopped;

  /** Decorates an iterator over task rows with the rows of one or more watermarks. */
  public WatermarkedIterator(DataSetIterator task, List<Watermark> watermarks, RowRecipe recipe) {
    this(task, watermarks, recipe, TaskBatchListener.NONE);
  }

  /** The same with a listener that sees each batch of task rows, skipped ones too. */
  public WatermarkedIterator(
      DataSetIterator task,
      List<Watermark> watermarks,
      RowRecipe recipe,
      TaskBatchListener listener) {
    this.task = task;
    this.mixer = new RowMixer(watermarks, recipe);
    this.listener = listener;
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
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return WatermarkedIterator.this.hasNext();
      }

      @Override
      public MultiDataSet next() {
        return WatermarkedIterator.this.next().toMultiDataSet();
      }
    };
  }

  @Override
  public void skipRest() {
    task.forEachRemaining(listener::offer);
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
  public DataSet next() {
    return mix(task.next());
  }

  @Override
  public DataSet next(int num) {
    return mix(task.next(num));
  }

  private DataSet mix(DataSet batch) {
    listener.offer(batch);
    MultiDataSet mixed = mixer.mix(batch.toMultiDataSet(), 0);
    DataSet result =
        new DataSet(
            mixed.getFeatures(0),
            mixed.getLabels(0),
            mixed.getFeaturesMaskArray(0),
            mixed.getLabelsMaskArray(0));
    result.setLabelNames(batch.getLabelNamesList());
    return result;
  }

  @Override
  public boolean hasNext() {
    return !stopped && task.hasNext();
  }

  @Override
  public void reset() {
    listener.restart();
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
