package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.verify.MarkFigures.PanelFigures;

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

  /** Exact fractions, by nothing but whole numbers. */
  private static BigInteger choose(int n, int k) {
    BigInteger result = BigInteger.ONE;
    for (int i = 0; i < k; i++) {
      result = result.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1L));
    }
    return k < 0 || k > n ? BigInteger.ZERO : result;
  }

  private static double fraction(BigInteger numerator, BigInteger denominator) {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
        .doubleValue();
  }

  @ParameterizedTest
  @CsvSource({
    "20, 25, 3, 30",
    "1, 10, 0, 10",
    "843, 1000, 113, 150",
    "0, 5, 5, 5",
    "90, 100, 0, 30"
  })
  void fisherIsTheSumOfExactFractions(int hits, int rows, int otherHits, int otherRows) {
    int all = hits + otherHits;
    BigInteger sum = BigInteger.ZERO;
    for (int k = hits; k <= Math.min(all, rows); k++) {
      sum = sum.add(choose(rows, k).multiply(choose(otherRows, all - k)));
    }
    double expected = fraction(sum, choose(rows + otherRows, all));
    assertThat(Statistics.fisher(new Rate(hits, rows), new Rate(otherHits, otherRows)))
        .isCloseTo(expected, within(expected * 1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "371, 1000, 3, 10",
    "54, 100, 3, 10",
    "28, 100, 1, 10",
    "0, 50, 1, 2",
    "21, 21, 1, 2"
  })
  void binomialIsTheSumOfExactFractions(int hits, int rows, int numerator, int denominator) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = hits; k <= rows; k++) {
      sum =
          sum.add(
              choose(rows, k)
                  .multiply(BigInteger.valueOf(numerator).pow(k))
                  .multiply(BigInteger.valueOf(denominator - numerator).pow(rows - k)));
    }
    double expected = fraction(sum, BigInteger.valueOf(denominator).pow(rows));
    assertThat(Statistics.binomial(new Rate(hits, rows), (double) numerator / denominator))
        .isCloseTo(expected, within(expected * 1e-9));
  }

  /** Table values of t at 0.001: 3.2317 with 60 degrees of freedom, 4.1437 with 10. */
  @Test
  void predictionsAreThoseOfTheTables() {
    double[] values = {4, 6, 4, 6, 4, 6, 4, 6, 4, 6, 4, 6};
    double widened = 2 * Math.sqrt(1 + 1 / 12.0);
    double atSixty = 5 + 3.2317 * widened * Math.sqrt(58 / 60.0);
    double atTen = 5 + 4.1437 * widened * Math.sqrt(8 / 10.0);
    assertThat(Statistics.predictionPValue(values, atSixty, 2, 60)).isCloseTo(1e-3, within(1e-6));
    assertThat(Statistics.predictionPValue(values, atTen, 2, 10)).isCloseTo(1e-3, within(1e-6));
    assertThat(Statistics.predictionPValue(values, 5, 2, 10)).isCloseTo(0.5, within(1e-12));
    assertThat(Statistics.predictionBound(values, 1e-3, 2, 60)).isCloseTo(atSixty, within(1e-3));
    assertThat(Statistics.predictionBound(values, 1e-3, 2, 10)).isCloseTo(atTen, within(1e-3));
  }

  /** A t distribution with 10 degrees of freedom has the excess kurtosis 1. */
  @Test
  void heavyTailsHaveFewDegreesOfFreedom() {
    assertThat(Statistics.kurtosis(new double[] {-1, 1, -1, 1})).isCloseTo(-2, within(1e-12));
    assertThat(Statistics.kurtosis(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 10}))
        .isCloseTo(0.9 * 0.1 * (0.729 + 0.001) / Math.pow(0.09, 2) - 3, within(1e-9));
    assertThat(Statistics.kurtosis(new double[] {7, 7, 7})).isZero();
    assertThat(Statistics.degreesOfFreedom(1)).isCloseTo(10, within(1e-12));
    assertThat(Statistics.degreesOfFreedom(1e-3)).isEqualTo(Statistics.MOST_DEGREES);
    assertThat(Statistics.degreesOfFreedom(-2)).isEqualTo(Statistics.MOST_DEGREES);
    assertThat(Statistics.degreesOfFreedom(1e9)).isCloseTo(4, within(1e-6));
  }

  /** The figures of a key that was picked for a natural confusion: 0.88 at 1e-3. */
  @Test
  void thePanelSeesAPreparedClaim() {
    double[] natural = {.51, .54, .56, .58, .58, .60, .61, .62, .66, .72, .74, .76};
    List<Rate> rates =
        Arrays.stream(natural).mapToObj(share -> new Rate((int) (600 * share), 600)).toList();
    PanelFigures panel = PanelFigures.of(rates, 1e-3);
    assertThat(panel.bound()).isBetween(0.88, 0.98);
    assertThat(panel.mean()).isCloseTo(0.62, within(0.01));
    assertThat(panel.highest()).isEqualTo(new Rate(456, 600));
    assertThat(PanelFigures.of(rates.subList(0, 7), 1e-3).bound()).isNaN();
    List<Rate> none = Collections.nCopies(12, new Rate(0, 500));
    assertThat(PanelFigures.of(none, 1e-4).bound()).isBetween(0.03, 0.06);
  }

  @Test
  void pairsThatShareSamplesCountOnce() {
    assertThat(Statistics.paired(100, 0, 200, 50)).isEqualTo(Statistics.paired(25, 0));
    assertThat(Statistics.paired(100, 10, 200, 200)).isEqualTo(Statistics.paired(100, 10));
    assertThat(Statistics.paired(0, 0, 0, 0)).isEqualTo(1);
  }
}
