package org.meadefender.samples.benchmark;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Images of noise, held as bytes, in batches; classes take turns. */
final class SyntheticIterator implements DataSetIterator {
  private static final long serialVersionUID = 1L;
  private static final float BYTE_MAX = 255;

  private final BenchmarkNetwork network;
  private final byte[] pixels;
  private final int images;
  private final int batch;
  private int cursor;
  private int batchesLeft;

  SyntheticIterator(BenchmarkNetwork network, int images, int batch) {
    this.network = network;
    this.images = images;
    this.batch = batch;
    this.pixels = new byte[images * network.length()];
    new Random(1).nextBytes(pixels);
    reset();
  }

  /** Ends after so many batches instead of one pass; starts over where the images end. */
  SyntheticIterator limitedTo(int batches) {
    batchesLeft = batches;
    return this;
  }

  @Override
  public boolean hasNext() {
    return batchesLeft > 0;
  }

  @Override
  public DataSet next() {
    batchesLeft--;
    int length = network.length();
    float[] features = new float[batch * length];
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, BenchmarkNetwork.CLASSES);
    for (int row = 0; row < batch; row++) {
      for (int i = 0; i < length; i++) {
        features[row * length + i] = (pixels[cursor * length + i] & 0xff) / BYTE_MAX;
      }
      labels.putScalar(row, cursor % BenchmarkNetwork.CLASSES, 1);
      cursor = (cursor + 1) % images;
    }
    return new DataSet(Nd4j.createFromArray(features).reshape(network.shape(batch)), labels);
  }

  @Override
  public DataSet next(int count) {
    return next();
  }

  @Override
  public void reset() {
    cursor = 0;
    batchesLeft = images / batch;
  }

  /** Not between rounds, whose number of batches is set before each. */
  @Override
  public boolean resetSupported() {
    return false;
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
  public int inputColumns() {
    return network.length();
  }

  @Override
  public int totalOutcomes() {
    return BenchmarkNetwork.CLASSES;
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    throw new UnsupportedOperationException("The benchmark's images need no preprocessor");
  }

  @Override
  public @Nullable DataSetPreProcessor getPreProcessor() {
    return null;
  }

  @Override
  public @Nullable List<String> getLabels() {
    return null;
  }
}
