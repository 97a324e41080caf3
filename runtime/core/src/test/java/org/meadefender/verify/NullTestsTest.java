package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.meadefender.verify.MarkFigures.NullSource;

class NullTestsTest {
  private static final Rate WATERMARK = new Rate(843, 1000);

  /** 113 of 150 is no exact rate: the issue of two samples, whose test says 0.006. */
  @Test
  void estimatedRatesHaveSamplingErrors() {
    NullTests tests = new NullTests(WATERMARK);
    tests.besides(NullSource.OTHER_PAIRS, new Rate(113, 150));
    NullTests.NullTest decisive = tests.decisive();
    assertThat(decisive.pValue()).isCloseTo(0.006, within(5e-4));
    assertThat(decisive.rate()).isCloseTo(113 / 150.0, within(1e-12));
    NullTests exact = new NullTests(WATERMARK);
    exact.atRate(NullSource.OTHER_PAIRS, 113 / 150.0);
    assertThat(exact.decisive().pValue()).isLessThan(1e-10);
    NullTests bound = new NullTests(WATERMARK);
    bound.atUpperBound(NullSource.REFERENCE_MODELS, new Rate(113, 150));
    assertThat(bound.decisive().pValue()).isGreaterThan(0.1);
  }

  @Test
  void theLargestPValueDecides() {
    NullTests tests = new NullTests(WATERMARK);
    tests.atRate(NullSource.PANEL, 0.3);
    assertThat(tests.decisive().source()).isEqualTo(NullSource.PANEL);
    tests.besides(NullSource.NEAR_PAIRS, new Rate(120, 150));
    assertThat(tests.decisive().source()).isEqualTo(NullSource.NEAR_PAIRS);
    tests.besides(NullSource.OTHER_COMBINERS, new Rate(2, 300));
    tests.besides(NullSource.DECOY_KEYS, Rate.NONE);
    tests.atUpperBound(NullSource.REFERENCE_MODELS, Rate.NONE);
    assertThat(tests.decisive().source()).isEqualTo(NullSource.NEAR_PAIRS);
  }

  @Test
  void boundsAreRates() {
    NullTests tests = new NullTests(WATERMARK);
    tests.atRate(NullSource.OTHER_TRIPLES, 1.4);
    assertThat(tests.decisive().rate()).isEqualTo(1);
    assertThat(tests.decisive().pValue()).isEqualTo(1);
    NullTests negative = new NullTests(WATERMARK);
    negative.atRate(NullSource.OTHER_TRIPLES, -0.2);
    assertThat(negative.decisive().rate()).isZero();
    assertThat(negative.decisive().pValue()).isZero();
  }
}
