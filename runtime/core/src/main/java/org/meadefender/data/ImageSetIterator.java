package org.meadefender.data;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.KnownBatches;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Batches of an {@link ImageSet}, with a new order after each reset if there is a seed. */
final class ImageSetIterator implements DataSetIterator, KnownBatches {
  private static final long serialVersionUID = 1L;

  private final transient ImageSet images;
  private final int batch;
  private final @Nullable Long seed;
  private int[] order;
  private int cursor;
  private int resets;
  private transient @Nullable DataSetPreProcessor preProcessor;

  ImageSetIterator(ImageSet images, int batch, @Nullable Long seed) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + "; it must be at least 1");
    }
    this.images = images;
    this.batch = batch;
    this.seed = seed;
    this.order = newOrder();
  }

  private int[] newOrder() {
    return seed == null
        ? IntStream.range(0, images.size()).toArray()
        : ImageSet.permutation(images.size(), seed + resets);
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
      throw new NoSuchElementException("No more images; reset the iterator first");
    }
    int[] indices = Arrays.copyOfRange(order, cursor, Math.min(cursor + num, order.length));
    cursor += indices.length;
    DataSet result = new DataSet(images.features(indices), images.labels(indices));
    result.setLabelNames(images.classNames());
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
      order = newOrder();
    }
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int batchesPerEpoch() {
    return (images.size() + batch - 1) / batch;
  }

  @Override
  public int inputColumns() {
    return images.shape().length();
  }

  @Override
  public int totalOutcomes() {
    return images.classes();
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
    return images.classNames();
  }
}
