package org.meadefender.verify;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/** The exact tests of a verdict; all figures come from commons-statistics. */
final class Statistics {
  /** Tails of unrelated models are never taken for lighter than those of this t distribution. */
  static final double MOST_DEGREES = 60;

  private static final BinomialTest GREATER =
      BinomialTest.withDefaults().with(AlternativeHypothesis.GREATER_THAN);

  private static final FisherExactTest HIGHER =
      FisherExactTest.withDefaults().with(AlternativeHypothesis.GREATER_THAN);

  private Statistics() {}

  /**
   * One-sided exact test of two samples (Fisher): chance that the first has such a share of all
   * hits if both rates are the same. Takes the sampling error of both into account.
   */
  static double fisher(Rate first, Rate second) {
    if (first.rows() == 0 || second.rows() == 0) {
      return 1;
    }
    return HIGHER
        .test(
            new int[][] {
              {first.hits(), first.rows() - first.hits()},
              {second.hits(), second.rows() - second.hits()}
            })
        .getPValue();
  }

  /** Log-odds of a rate, with half a hit and half a miss added, so that none is infinite. */
  static double logit(Rate rate) {
    return Math.log((rate.hits() + 0.5) / (rate.rows() - rate.hits() + 0.5));
  }

  /** The rate with some log-odds. */
  static double rateOf(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /**
   * Upper prediction bound for one more value of the population that some values are drawn from
   * (Higgins, Thompson and Spiegelhalter 2009, section 4.1: the random-effects prediction interval,
   * one-sided): the value at which {@link #predictionPValue} is the level.
   *
   * @param values from the population; their mean is estimated
   * @param level chance that one more value is above the bound
   * @param spread standard deviation of the population
   * @param degrees degrees of freedom of the t distribution, above 2, with that deviation
   */
  static double predictionBound(double[] values, double level, double spread, double degrees) {
    TDistribution distribution = TDistribution.of(degrees);
    return mean(values)
        + Math.sqrt(1 + 1.0 / values.length)
            * spread
            / Math.sqrt(distribution.getVariance())
            * distribution.inverseSurvivalProbability(level);
  }

  /**
   * Chance that one more value of a population is as large as an observed one.
   *
   * @param values from the population; their mean is estimated
   * @param spread standard deviation of the population
   * @param degrees degrees of freedom of the t distribution, above 2, with that deviation
   */
  static double predictionPValue(double[] values, double observed, double spread, double degrees) {
    TDistribution distribution = TDistribution.of(degrees);
    double distance = (observed - mean(values)) / Math.sqrt(1 + 1.0 / values.length) / spread;
    return distribution.survivalProbability(distance * Math.sqrt(distribution.getVariance()));
  }

  /**
   * Lower end of Student's one-sided interval of a mean.
   *
   * @param error standard error of the mean
   * @param degrees of freedom, at least 1
   * @param errorRate chance that the mean is below it
   */
  static double lowerBound(double mean, double error, int degrees, double errorRate) {
    return mean - error * TDistribution.of(degrees).inverseSurvivalProbability(errorRate);
  }

  /** Excess kurtosis: 0 for normal values, more for heavy tails; 0 if all are the same. */
  static double kurtosis(double[] values) {
    double mean = mean(values);
    double variance = Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
    double fourth = Arrays.stream(values).map(value -> Math.pow(value - mean, 4)).sum();
    return variance == 0 ? 0 : values.length * fourth / (variance * variance) - 3;
  }

  /** Of the t distribution with an excess kurtosis; {@value #MOST_DEGREES} for light tails. */
  static double degreesOfFreedom(double kurtosis) {
    return kurtosis <= 0 ? MOST_DEGREES : Math.min(MOST_DEGREES, 4 + 6 / kurtosis);
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Standard deviation of a sample; 0 for fewer than two values. */
  static double deviation(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

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

  /**
   * The same for pairs that share samples: scaled to the number of independent ones.
   *
   * @param pairs number of pairs that were compared
   * @param independent number of them that count as independent
   */
  static double paired(int favourable, int adverse, int pairs, int independent) {
    if (pairs == 0) {
      return 1;
    }
    double scale = Math.min(1, (double) independent / pairs);
    return paired((int) (favourable * scale), (int) Math.ceil(adverse * scale));
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
