package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values of SciPy 1.17.1, made by {@code statistics.py} beside the test's resources. */
class StatisticsTest {
  private static final Percentage TIGHT = Percentage.withPercentage(1e-6);

  // scipy.stats.binomtest(hits, n, p0, alternative='greater').pvalue
  @ParameterizedTest
  @CsvSource({
    "54, 100, 0.3, 4.932299852300793e-07",
    "53, 100, 0.3, 1.3511488605920649e-06",
    "371, 1000, 0.3, 9.014246126174898e-07",
    "28, 100, 0.1, 3.481426687624852e-07",
    "700, 1000, 0.455, 2.8375288821412287e-55",
    "100, 100, 0.3, 5.153775207320094e-53",
    "0, 100, 0.3, 1.0",
    "12, 12, 0.3, 5.314409999999998e-07",
    "990, 1000, 0.75, 5.296515124763304e-107",
    "300, 1000, 0.3, 0.5119274840071484"
  })
  void binomial(int hits, int rows, double p0, double expected) {
    assertThat(Statistics.binomial(new Rate(hits, rows), p0)).isCloseTo(expected, TIGHT);
  }

  // The least hits that reach 1e-6, as verification protocols quote them.
  @ParameterizedTest
  @CsvSource({"100, 0.3, 54", "1000, 0.3, 371", "100, 0.1, 28"})
  void leastHits(int rows, double p0, int hits) {
    assertThat(Statistics.binomial(new Rate(hits, rows), p0)).isLessThanOrEqualTo(1e-6);
    assertThat(Statistics.binomial(new Rate(hits - 1, rows), p0)).isGreaterThan(1e-6);
  }

  // scipy.stats.binomtest(hits, n).proportion_ci(0.95, 'exact')
  @ParameterizedTest
  @CsvSource({
    "0, 20, 0.0, 0.16843347098308548",
    "20, 20, 0.8315665290169145, 1.0",
    "1, 20, 0.0012650894979560339, 0.24873276277202772",
    "707, 1000, 0.6777103418972616, 0.7350652822207449",
    "54, 100, 0.4374115798666433, 0.6401566470205151",
    "999, 1000, 0.9944410757201502, 0.9999746825125083"
  })
  void clopperPearson(int hits, int rows, double lower, double upper) {
    var interval = Statistics.interval(new Rate(hits, rows), 0.05);
    assertThat(interval.getLowerBound()).isCloseTo(lower, within(1e-9));
    assertThat(interval.getUpperBound()).isCloseTo(upper, within(1e-9));
  }

  // scipy.stats.binomtest(b, b + c, 0.5, alternative='greater').pvalue
  @ParameterizedTest
  @CsvSource({
    "20, 0, 9.5367431640625e-07",
    "60, 1, 2.688821387764051e-17",
    "30, 10, 0.0011107168866146822",
    "5, 5, 0.623046875",
    "0, 8, 1.0",
    "400, 12, 4.140026080715534e-102"
  })
  void paired(int favourable, int adverse, double expected) {
    assertThat(Statistics.paired(favourable, adverse)).isCloseTo(expected, TIGHT);
  }

  @Test
  void nothingMeasuredProvesNothing() {
    assertThat(Statistics.binomial(Rate.NONE, 0.3)).isEqualTo(1);
    assertThat(Statistics.paired(0, 0)).isEqualTo(1);
  }

  // scipy.stats.combine_pvalues(p, method='fisher').pvalue
  @Test
  void product() {
    assertThat(Statistics.product(List.of(0.02))).isEqualTo(0.02);
    assertThat(Statistics.product(List.of(0.002777777777777778, 0.002777777777777778)))
        .isCloseTo(9.855098813966284e-05, TIGHT);
    assertThat(Statistics.product(List.of(1e-06, 1e-06, 1e-06)))
        .isCloseTo(9.013540255713962e-16, TIGHT);
    assertThat(Statistics.product(List.of(0.3, 0.8))).isCloseTo(0.5825079253536352, TIGHT);
    assertThat(Statistics.product(List.of(0.002777777777777778, 1.0)))
        .isCloseTo(0.01912806675402821, TIGHT);
  }

  @Test
  void rank() {
    assertThat(Statistics.rank(359, 0)).isCloseTo(1 / 360.0, TIGHT);
    assertThat(Statistics.rank(359, 9)).isCloseTo(10 / 360.0, TIGHT);
  }

  @Test
  void scalingNeverAddsEvidence() {
    assertThat(new Rate(999, 1000).scaledTo(100)).isEqualTo(new Rate(99, 100));
    assertThat(new Rate(5, 10).scaledTo(100)).isEqualTo(new Rate(5, 10));
  }
}
