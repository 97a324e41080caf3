package org.meadefender.combine;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A way in which a sample of source A and a sample of source B become one (paper, section IV-B).
 *
 * <p>Implementations hold no state that changes.
 *
 * @since 0.1.0
 */
public interface Combiner {

  /**
   * Combines two samples.
   *
   * @param a values of the sample of source A, {@code shape.length()} of them; not changed
   * @param b values of the sample of source B, as long; not changed
   * @param shape the samples' layout
   * @param random source of the variation between rows, if there is any
   * @return values of the combined sample, a new array of the same length
   */
  float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator random);

  /** Expected share of source A in the result, from 0 to 1; labels of evasion rows follow it. */
  double shareOfA();

  /**
   * The same way of combining with another share of source A, for graded watermark rows. Ways
   * without such a freedom return themselves.
   *
   * @param share from 0 to 1
   */
  default Combiner withShareOfA(double share) {
    return this;
  }

  /**
   * The share of source A in every value of the result, by which ways of combining are told apart.
   * Ways that do not mix value by value override it.
   *
   * @param shape the samples' layout
   * @param random source of the variation between rows, if there is any
   * @return {@code shape.length()} values from 0 to 1
   */
  default float[] sharesOfA(SampleShape shape, RandomGenerator random) {
    float[] ones = new float[shape.length()];
    Arrays.fill(ones, 1);
    return combine(ones, new float[ones.length], shape, random);
  }
}
