package org.meadefender.internal.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The batches of another iterator, read ahead where that one supports it; what it throws is thrown
 * where a batch is asked for. For trainings and evaluations by Deeplearning4j, whose own
 * prefetching waits for ever after an exception.
 */
public final class ReadAheadIterator implements DataSetIterator, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final DataSetIterator data;
  private final transient ReadAhead<DataSet> ahead;

  /** Reads nothing yet. */
  public ReadAheadIterator(DataSetIterator data) {
    this.data = data;
    this.ahead =
        new ReadAhead<>(data::hasNext, data::next, batch -> ReadAhead.bytes(batch.getFeatures()));
  }

  @Override
  public boolean hasNext() {
    return data.asyncSupported() ? ahead.hasNext() : data.hasNext();
  }

  @Override
  public DataSet next() {
    return data.asyncSupported() ? ahead.next() : data.next();
  }

  /** Another number of rows; where a batch was read ahead, that one. */
  @Override
  public DataSet next(int num) {
    return ahead.isAhead() ? ahead.next() : data.next(num);
  }

  @Override
  public void reset() {
    ahead.close();
    data.reset();
  }

  /** Ends the thread that reads ahead; what it had read is lost. */
  @Override
  public void close() {
    ahead.close();
  }

  @Override
  public boolean resetSupported() {
    return data.resetSupported();
  }

  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int batch() {
    return data.batch();
  }

  @Override
  public int inputColumns() {
    return data.inputColumns();
  }

  @Override
  public int totalOutcomes() {
    return data.totalOutcomes();
  }

  @Override
  public void setPreProcessor(@Nullable DataSetPreProcessor preProcessor) {
    data.setPreProcessor(preProcessor);
  }

  @Override
  public @Nullable DataSetPreProcessor getPreProcessor() {
    return data.getPreProcessor();
  }

  @Override
  public @Nullable List<String> getLabels() {
    return data.getLabels();
  }
}
