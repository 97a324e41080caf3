package org.meadefender.verify;

import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;

/**
 * One row to be answered: a combination of two samples.
 *
 * @param a values of the first sample
 * @param b values of the second sample
 * @param combiner how they become one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Query(float[] a, float[] b, Combiner combiner) {

  /** A held-out sample as it is. */
  static Query clean(float[] sample) {
    return new Query(sample, sample, FirstOnly.INSTANCE);
  }

  float[] row(SampleShape shape, RandomGenerator random) {
    return combiner.combine(a, b, shape, random);
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
