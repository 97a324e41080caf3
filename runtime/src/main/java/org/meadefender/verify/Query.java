package org.meadefender.verify;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;

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

  float[] row(SampleShape shape) {
    return combiner.combine(a, b, shape, new SplittableRandom(seed));
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
