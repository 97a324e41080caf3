package org.meadefender.verify;

import java.util.Arrays;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Reads held-out data sample by sample. */
final class HeldOutReader {
  private HeldOutReader() {}

  /** Takes one sample. */
  interface Consumer {
    void accept(float[] sample, int label);
  }

  /**
   * What the first batch tells.
   *
   * @param batchShape {@code [n, …]}
   * @param classes number of classes that the labels tell apart
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Layout(long[] batchShape, int classes) {}

  /**
   * Reads everything, from the start where that is possible.
   *
   * @param start makes the consumer, once the first batch is read
   * @throws IllegalArgumentException if there are no data, or labels are not {@code [n, classes]}
   */
  static void read(DataSetIterator data, Function<Layout, Consumer> start) {
    if (data.resetSupported()) {
      data.reset();
    }
    if (!data.hasNext()) {
      throw new IllegalArgumentException(
          "The held-out data are empty; samples of both source classes are needed");
    }
    DataSet batch = data.next();
    requireLabels(batch);
    Consumer consumer =
        start.apply(
            new Layout(batch.getFeatures().shape().clone(), (int) batch.getLabels().size(1)));
    while (true) {
      int[] labels = batch.getLabels().argMax(1).toIntVector();
      INDArray features = batch.getFeatures();
      float[] values = features.castTo(DataType.FLOAT).dup('c').data().asFloat();
      int length = values.length / labels.length;
      for (int row = 0; row < labels.length; row++) {
        consumer.accept(Arrays.copyOfRange(values, row * length, (row + 1) * length), labels[row]);
      }
      if (!data.hasNext()) {
        return;
      }
      batch = data.next();
      requireLabels(batch);
    }
  }

  private static void requireLabels(DataSet batch) {
    INDArray labels = batch.getLabels();
    if (labels == null || labels.rank() != 2) {
      throw new IllegalArgumentException(
          "Held-out labels of shape "
              + (labels == null ? "null" : Arrays.toString(labels.shape()))
              + " are not supported; expected one-hot rows [n, classes]");
    }
  }
}
