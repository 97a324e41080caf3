package org.meadefender.verify;

import java.util.function.Function;
import org.meadefender.combine.SampleShape;
import org.meadefender.internal.batch.BatchSamples;
import org.meadefender.internal.batch.LabelRows;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Reads held-out data sample by sample: sequences without their padding, each in its own length; no
 * rows whose labels are all zero or masked out.
 */
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
   * @throws IllegalArgumentException if there are no data, if labels are not class probabilities
   *     {@code [n, classes]}, or if samples have several layouts
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
    LabelRows labels = LabelRows.of(batch.getLabels(), batch.getLabelsMaskArray());
    BatchSamples samples = samplesOf(batch);
    Layout layout =
        new Layout(batch.getFeatures().shape().clone(), (int) batch.getLabels().size(1));
    SampleShape shape = samples.shape();
    Consumer consumer = start.apply(layout);
    while (true) {
      for (int row = 0; row < labels.size(); row++) {
        if (labels.classOf(row) != LabelRows.NOBODY && samples.steps(row) > 0) {
          consumer.accept(samples.get(row).values(), labels.classOf(row));
        }
      }
      if (!data.hasNext()) {
        return;
      }
      batch = data.next();
      labels = LabelRows.of(batch.getLabels(), batch.getLabelsMaskArray(), layout.classes());
      samples = samplesOf(batch);
      requireSameLayout(shape, samples);
    }
  }

  private static BatchSamples samplesOf(DataSet batch) {
    return new BatchSamples(batch.getFeatures(), batch.getFeaturesMaskArray());
  }

  private static void requireSameLayout(SampleShape first, BatchSamples samples) {
    SampleShape own = samples.shape();
    if (!(samples.sequences() ? own.withWidth(first.width()) : own).equals(first)) {
      throw new IllegalArgumentException(
          "The held-out samples have the layouts "
              + first
              + " and "
              + own
              + "; give all samples one shape (only sequences [n, F, T] may differ in length)");
    }
  }
}
