package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.meadefender.verify.MarkFigures.NullSource;

/**
 * Tests a success rate against every null rate, and keeps the one that it stands out from least: a
 * claim must hold against all of them (an intersection-union test), so that the largest p-value
 * counts.
 */
final class NullTests {
  /** A null rate that is estimated from one model's answers counts with its interval's end. */
  private static final double INTERVAL_ERROR = 1e-3;

  private final Rate watermark;
  private final List<NullTest> tests = new ArrayList<>();

  /**
   * One of them.
   *
   * @param rate the null rate, or its bound
   * @param pValue of the success rate against it
   */
  record NullTest(NullSource source, double rate, double pValue) {}

  /**
   * Prepares.
   *
   * @param watermark watermark rows answered with the target, of the effective number of rows
   */
  NullTests(Rate watermark) {
    this.watermark = watermark;
  }

  /** A bound: exact binomial test. */
  void atRate(NullSource source, double bound) {
    double rate = Math.min(1, Math.max(0, bound));
    tests.add(new NullTest(source, rate, Statistics.binomial(watermark, rate)));
  }

  /** The rate of another model: binomial test at the upper end of its interval. */
  void atUpperBound(NullSource source, Rate rate) {
    if (rate.rows() > 0) {
      atRate(source, Statistics.interval(rate, INTERVAL_ERROR).getUpperBound());
    }
  }

  /** Other rows that the suspect answered: exact test of two samples. */
  void besides(NullSource source, Rate rate) {
    if (rate.rows() > 0) {
      tests.add(new NullTest(source, rate.share(), Statistics.fisher(watermark, rate)));
    }
  }

  /** The one with the largest p-value so far; of several, the one with the highest rate. */
  NullTest decisive() {
    return tests.stream()
        .max(Comparator.comparingDouble(NullTest::pValue).thenComparing(NullTest::rate))
        .orElseThrow();
  }
}
