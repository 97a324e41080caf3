package org.meadefender.verify;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.meadefender.internal.batch.SampleValues;

/**
 * One row to be answered: a combination of two samples. All models that are asked get the same row.
 *
 * @param a values of the first sample
 * @param b values of the second sample
 * @param combiner how they become one
 * @param seed of the combiner's variation between rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Query(float[] a, float[] b, Combiner combiner, long seed) {

  /** A held-out sample as it is. */
  static Query clean(float[] sample) {
    return new Query(sample, sample, FirstOnly.INSTANCE, 0);
  }

  /** Number of values of the row: two sequences are combined over the steps that both have. */
  int length() {
    return Math.min(a.length, b.length);
  }

  /** The row; {@code shape} is that of the samples, whose length sequences may differ from. */
  float[] row(SampleShape shape) {
    return SampleValues.combine(
            combiner,
            SampleValues.of(a, shape),
            SampleValues.of(b, shape),
            new SplittableRandom(seed))
        .sample()
        .values();
  }

  private enum FirstOnly implements Combiner {
    INSTANCE;

    @Override
    public float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator random) {
      return a;
    }

    @Override
    public double shareOfA() {
      return 1;
    }
  }
}
