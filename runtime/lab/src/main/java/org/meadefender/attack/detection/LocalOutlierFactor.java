package org.meadefender.attack.detection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Local outlier factor in novelty mode (Breunig et al., SIGMOD 2000; as in scikit-learn): how much
 * sparser a point lies than its nearest neighbours among the reference points.
 *
 * <p>Small of its own because the Java libraries that have it are under the GPL or AGPL.
 */
final class LocalOutlierFactor {
  /** scikit-learn's, against division by zero. */
  private static final double TINY = 1e-10;

  private static final double MAX_CONTAMINATION = 0.5;
  private static final double AUTO_THRESHOLD = 1.5;

  private final int k;
  private final double[][] reference;
  private final double[] kDistance;
  private final double[] density;
  private final double threshold;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Neighbours(int[] index, double[] distance) {}

  /**
   * Learns the reference points.
   *
   * @param reference rows of equal length, more than {@code k}; not copied
   * @param k neighbours to compare with, at least 1
   * @param contamination share of the reference points that count as outliers, in [0, 0.5]; 0 sets
   *     the threshold to 1.5, as scikit-learn's "auto" does
   * @throws IllegalArgumentException if a value is outside its range
   */
  public LocalOutlierFactor(double[][] reference, int k, double contamination) {
    if (k < 1 || reference.length <= k) {
      throw new IllegalArgumentException(
          "k is "
              + k
              + " with "
              + reference.length
              + " reference points; it must be at least 1 and below their number");
    }
    if (!(contamination >= 0 && contamination <= MAX_CONTAMINATION)) {
      throw new IllegalArgumentException(
          "contamination is " + contamination + "; it must be from 0 to " + MAX_CONTAMINATION);
    }
    this.k = k;
    this.reference = reference;
    int n = reference.length;
    Neighbours[] near =
        IntStream.range(0, n)
            .parallel()
            .mapToObj(i -> neighbours(reference[i], i))
            .toArray(Neighbours[]::new);
    kDistance = Arrays.stream(near).mapToDouble(each -> each.distance[k - 1]).toArray();
    density = Arrays.stream(near).mapToDouble(this::density).toArray();
    double[] own = IntStream.range(0, n).mapToDouble(i -> factor(near[i], density[i])).toArray();
    threshold = contamination == 0 ? AUTO_THRESHOLD : quantile(own, 1 - contamination);
  }

  /** The factor of a new point: near 1 inside the reference points, larger outside. */
  public double factor(double[] point) {
    Neighbours near = neighbours(point, -1);
    return factor(near, density(near));
  }

  /** Whether a new point's factor is above the threshold. */
  public boolean isOutlier(double[] point) {
    return factor(point) > threshold;
  }

  /** Share of new points that are outliers. */
  public double outlierRate(double[][] points) {
    long count = Arrays.stream(points).parallel().filter(this::isOutlier).count();
    return count / (double) points.length;
  }

  private double factor(Neighbours near, double ownDensity) {
    double sum = 0;
    for (int i : near.index) {
      sum += density[i];
    }
    return sum / k / ownDensity;
  }

  /** Inverse of the mean reachability distance. */
  private double density(Neighbours near) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      sum += Math.max(near.distance[i], kDistance[near.index[i]]);
    }
    return 1 / (sum / k + TINY);
  }

  private Neighbours neighbours(double[] point, int except) {
    double[] squared = new double[reference.length];
    for (int i = 0; i < reference.length; i++) {
      squared[i] = i == except ? Double.POSITIVE_INFINITY : squaredDistance(point, reference[i]);
    }
    int[] index =
        IntStream.range(0, reference.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> squared[i]))
            .limit(k)
            .mapToInt(Integer::intValue)
            .toArray();
    return new Neighbours(
        index, Arrays.stream(index).mapToDouble(i -> Math.sqrt(squared[i])).toArray());
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }

  private static double quantile(double[] values, double p) {
    return Quantile.withDefaults().evaluate(values.clone(), p);
  }
}
