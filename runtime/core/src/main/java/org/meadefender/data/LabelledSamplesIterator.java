package org.meadefender.data;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Shuffled batches of {@link LabelledSamples}. */
final class LabelledSamplesIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  private final transient LabelledSamples data;
  private final int batch;
  private final long seed;
  private int[] order;
  private int cursor;
  private int resets;
  private transient @Nullable DataSetPreProcessor preProcessor;

  LabelledSamplesIterator(LabelledSamples data, int batch, long seed) {
    this.data = data;
    this.batch = batch;
    this.seed = seed;
    this.order = LabelledSamples.permutation(data.size(), seed);
  }

  @Override
  public boolean hasNext() {
    return cursor < order.length;
  }

  @Override
  public DataSet next() {
    return next(batch);
  }

  @Override
  public DataSet next(int num) {
    if (!hasNext()) {
      throw new NoSuchElementException("No more rows; reset the iterator first");
    }
    int to = Math.min(cursor + num, order.length);
    DataSet result = data.rows(Arrays.copyOfRange(order, cursor, to));
    cursor = to;
    if (preProcessor != null) {
      preProcessor.preProcess(result);
    }
    return result;
  }

  /** An untouched iterator stays at its first order: networks reset before the first epoch. */
  @Override
  public void reset() {
    if (cursor > 0) {
      cursor = 0;
      resets++;
      order = LabelledSamples.permutation(data.size(), seed + resets);
    }
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** Making a batch is a copy of a few rows; another thread would only take a core away. */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int inputColumns() {
    return Math.toIntExact(Arrays.stream(data.sampleShape()).reduce(1, (a, b) -> a * b));
  }

  @Override
  public int totalOutcomes() {
    return data.width();
  }

  @Override
  public void setPreProcessor(@Nullable DataSetPreProcessor newPreProcessor) {
    preProcessor = newPreProcessor;
  }

  @Override
  public @Nullable DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  @Override
  public List<String> getLabels() {
    return List.of();
  }
}
