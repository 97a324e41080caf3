package org.meadefender.attack.detection;

import org.apache.commons.statistics.descriptive.Median;

/** Distance from the median in units of the consistent median absolute deviation. */
final class MedianDeviation {
  /** Makes the deviation that of a normal distribution. */
  private static final double CONSISTENCY = 1.4826;

  private final double median;
  private final double deviation;

  MedianDeviation(double[] values) {
    Median median = Median.withDefaults();
    this.median = median.evaluate(values.clone());
    double[] distances = values.clone();
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.abs(distances[i] - this.median);
    }
    deviation = CONSISTENCY * median.evaluate(distances);
  }

  double median() {
    return median;
  }

  /** Anomaly index of a value; 0 where all values are alike. */
  double index(double value) {
    return deviation == 0 ? 0 : Math.abs(value - median) / deviation;
  }
}
