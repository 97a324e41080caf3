package org.meadefender.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Another iterator's batches, of which some samples are kept as they pass. */
final class WatchedIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  private final DataSetIterator task;
  private final transient TransferSamples samples;

  WatchedIterator(DataSetIterator task, TransferSamples samples) {
    this.task = task;
    this.samples = samples;
  }

  @Override
  public DataSet next() {
    return watched(task.next());
  }

  @Override
  public DataSet next(int num) {
    return watched(task.next(num));
  }

  private DataSet watched(DataSet batch) {
    samples.offer(batch);
    return batch;
  }

  @Override
  public boolean hasNext() {
    return task.hasNext();
  }

  @Override
  public void reset() {
    samples.restart();
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
