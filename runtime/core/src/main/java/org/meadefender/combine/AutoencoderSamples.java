package org.meadefender.combine;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.meadefender.internal.Reservoir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A bounded selection of samples out of one pass over the data; every sample has the same chance.
 *
 * @param shape layout of each of them
 * @param rows their values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AutoencoderSamples(SampleShape shape, float[][] rows) {
  /** Most memory that the samples may take; larger samples are fewer. */
  private static final long MOST_BYTES = 256L << 20;

  static AutoencoderSamples draw(DataSetIterator data, int limit, RandomGenerator random) {
    if (data.resetSupported()) {
      data.reset();
    }
    if (!data.hasNext()) {
      throw new IllegalArgumentException(
          "The data are empty; an autoencoder needs samples of the task");
    }
    Reservoir<float[]> kept = null;
    SampleShape shape = null;
    while (data.hasNext()) {
      INDArray features = data.next().getFeatures();
      SampleShape next = SampleShape.of(features.shape());
      if (shape != null && !shape.equals(next)) {
        throw new IllegalArgumentException(
            "The samples have the layouts "
                + shape
                + " and "
                + next
                + "; an autoencoder needs samples of one shape");
      }
      shape = next;
      int length = shape.length();
      if (kept == null) {
        int most = (int) Math.min(limit, Math.max(1, MOST_BYTES / Float.BYTES / length));
        kept = Reservoir.byInts(most, random);
      }
      float[] values = features.castTo(DataType.FLOAT).dup('c').data().asFloat();
      for (int row = 0; row < features.size(0); row++) {
        int start = row * length;
        kept.offer(() -> Arrays.copyOfRange(values, start, start + length));
      }
    }
    return new AutoencoderSamples(
        Objects.requireNonNull(shape), Objects.requireNonNull(kept).kept().toArray(float[][]::new));
  }
}
