package org.meadefender.verify;

import java.util.Locale;

/**
 * How often something happened.
 *
 * @param hits number of times it did, from 0 to {@code rows}
 * @param rows number of times it could have
 * @since 0.1.0
 */
public record Rate(int hits, int rows) {
  /** Nothing was tried. */
  static final Rate NONE = new Rate(0, 0);

  private static final double INTERVAL_ERROR = 0.05;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are more hits than rows, or fewer than none
   */
  public Rate {
    if (hits < 0 || hits > rows) {
      throw new IllegalArgumentException(
          "hits is " + hits + "; it must be from 0 to the number of rows, " + rows);
    }
  }

  /** The share of hits, from 0 to 1; NaN if there are no rows. */
  public double share() {
    return (double) hits / rows;
  }

  /** Lower end of the share's exact (Clopper-Pearson) 95 % interval; NaN if there are no rows. */
  public double lower() {
    return rows == 0 ? Double.NaN : Statistics.interval(this, INTERVAL_ERROR).getLowerBound();
  }

  /** Upper end of that interval. */
  public double upper() {
    return rows == 0 ? Double.NaN : Statistics.interval(this, INTERVAL_ERROR).getUpperBound();
  }

  Rate plus(Rate other) {
    return new Rate(hits + other.hits, rows + other.rows);
  }

  /** The same share of fewer independent rows, rounded down. */
  Rate scaledTo(int effectiveRows) {
    return effectiveRows >= rows
        ? this
        : new Rate((int) ((long) hits * effectiveRows / rows), effectiveRows);
  }

  /** For instance {@code 71.2 % (712/1000)}. */
  @Override
  public String toString() {
    return rows == 0
        ? "not measured"
        : String.format(Locale.ROOT, "%.1f %% (%d/%d)", 100 * share(), hits, rows);
  }
}
