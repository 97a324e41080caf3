package org.meadefender.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
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
public final class WatermarkedIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  private final DataSetIterator task;
  private final transient List<Watermark> watermarks;
  private final transient RowRecipe recipe;
  private transient List<WatermarkRows> rows = List.of();
  private transient RowIds ids = new RowIds();
  private volatile boolean stopped;

  /** Decorates an iterator over task rows with the rows of one or more watermarks. */
  public WatermarkedIterator(DataSetIterator task, List<Watermark> watermarks, RowRecipe recipe) {
    this.task = task;
    this.recipe = recipe;
    this.watermarks = List.copyOf(watermarks);
    startEpoch(0);
  }

  /**
   * Starts the choices of an epoch afresh, so that its rows depend on nothing before it. Without
   * this call the choices simply go on.
   *
   * @param epoch number of the epoch, from 0
   */
  public void startEpoch(int epoch) {
    ids = new RowIds();
    rows =
        watermarks.stream().map(watermark -> new WatermarkRows(watermark, recipe, epoch)).toList();
  }

  /** Ends the stream early: from now on there is no next batch. */
  public void stop() {
    stopped = true;
  }

  /** Whether {@link #stop} was called. */
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
    MixedBatch mixed = new MixedBatch(batch, ids);
    rows.forEach(each -> each.addTo(mixed));
    return mixed.toDataSet();
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
