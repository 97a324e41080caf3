package org.meadefender.verify;

/** Keeps the largest null rate, and where it came from. */
final class NullRates {
  private double largest;
  private NullSource source = NullSource.CEILING;

  NullRates(double ceiling) {
    this.largest = ceiling;
  }

  void offer(NullSource newSource, Rate rate) {
    offer(newSource, rate.share());
  }

  /** Offers a share; NaN is none. */
  void offer(NullSource newSource, double share) {
    if (share > largest) {
      largest = share;
      source = newSource;
    }
  }

  double p0() {
    return largest;
  }

  NullSource source() {
    return source;
  }
}
