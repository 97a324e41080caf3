package org.meadefender.verify;

import java.util.Comparator;
import java.util.List;

/**
 * How much more often a suspect answers with a class than the highest of the reference models does.
 * Some pairs of classes look like a third one to any model; what is left beyond that needs another
 * explanation.
 *
 * @param suspect rate of the suspect
 * @param reference highest rate of the reference models; without rows it counts as 0
 */
record RateDifference(Rate suspect, Rate reference) {

  /** The highest of some rates; no rows if there are none. */
  static Rate highest(List<Rate> rates) {
    return rates.stream().max(Comparator.comparingDouble(Rate::share)).orElse(Rate.NONE);
  }

  /** From -1 to 1; NaN if the suspect was not asked. */
  double share() {
    return suspect.share() - referenceShare();
  }

  /** From 0 to 1. */
  double referenceShare() {
    return reference.rows() == 0 ? 0 : reference.share();
  }

  /**
   * Whether the suspect's rate is clearly higher than another, and by more above the references.
   *
   * @param error of the interval of the suspect's rate
   */
  boolean isClearlyAbove(RateDifference other, double error) {
    double least = Statistics.interval(suspect, error).getLowerBound();
    return least > other.suspect.share() && least - referenceShare() > other.share();
  }
}
