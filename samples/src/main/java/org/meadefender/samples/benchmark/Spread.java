package org.meadefender.samples.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Median and quartiles of repeated measurements.
 *
 * @param median the middle one
 * @param low lower quartile
 * @param high upper quartile
 * @param rounds how many measurements there were
 */
record Spread(double median, double low, double high, int rounds) {
  private static final double MIDDLE = 0.5;
  private static final double QUARTER = 0.25;

  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("There are no measurements");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(
        quantile(sorted, MIDDLE),
        quantile(sorted, QUARTER),
        quantile(sorted, 1 - QUARTER),
        sorted.length);
  }

  /** Of each round's ratio: what slows the machine for a while slows both sides of a round. */
  static Spread ofRatios(List<Double> numerators, List<Double> denominators) {
    return of(
        IntStream.range(0, numerators.size())
            .mapToObj(i -> numerators.get(i) / denominators.get(i))
            .toList());
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
