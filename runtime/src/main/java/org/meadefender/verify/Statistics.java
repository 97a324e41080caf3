package org.meadefender.verify;

import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/** The exact tests of a verdict; all figures come from commons-statistics. */
final class Statistics {
  private static final BinomialTest GREATER =
      BinomialTest.withDefaults().with(AlternativeHypothesis.GREATER_THAN);

  private Statistics() {}

  /** One-sided exact binomial test: chance of at least as many hits at the rate {@code p0}. */
  static double binomial(Rate rate, double p0) {
    return rate.rows() == 0 ? 1 : GREATER.test(rate.rows(), rate.hits(), p0).getPValue();
  }

  /**
   * One-sided exact paired test (McNemar): of the pairs on which the two ways disagree, as many
   * would favour either if both did the same.
   *
   * @param favourable pairs with a hit in the first way only
   * @param adverse pairs with a hit in the second way only
   */
  static double paired(int favourable, int adverse) {
    return binomial(new Rate(favourable, favourable + adverse), 0.5);
  }

  /** Clopper-Pearson interval. */
  static Interval interval(Rate rate, double errorRate) {
    return BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(
        rate.rows(), rate.hits(), errorRate);
  }

  /**
   * Chance that independent uniform p-values have a product as small as these (Fisher's method): a
   * bare product of p-values would be too small.
   */
  static double product(List<Double> pValues) {
    if (pValues.size() == 1) {
      return pValues.get(0);
    }
    double statistic = pValues.stream().mapToDouble(p -> -2 * Math.log(p)).sum();
    return ChiSquaredDistribution.of(2.0 * pValues.size()).survivalProbability(statistic);
  }

  /** Rank test: chance that one of equally good candidates is the best of all. */
  static double rank(int decoys, int reaching) {
    return (1.0 + reaching) / (1.0 + decoys);
  }
}
