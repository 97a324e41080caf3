package org.meadefender.combine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
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
    List<float[]> kept = new ArrayList<>();
    SampleShape shape = null;
    int seen = 0;
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
      int most = (int) Math.min(limit, Math.max(1, MOST_BYTES / Float.BYTES / shape.length()));
      float[] values = features.castTo(DataType.FLOAT).dup('c').data().asFloat();
      for (int row = 0; row < features.size(0); row++, seen++) {
        // Reservoir sampling.
        int place = seen < most ? seen : random.nextInt(seen + 1);
        if (place < most) {
          int length = shape.length();
          float[] sample = Arrays.copyOfRange(values, row * length, (row + 1) * length);
          if (place < kept.size()) {
            kept.set(place, sample);
          } else {
            kept.add(sample);
          }
        }
      }
    }
    return new AutoencoderSamples(
        java.util.Objects.requireNonNull(shape), kept.toArray(float[][]::new));
  }
}
