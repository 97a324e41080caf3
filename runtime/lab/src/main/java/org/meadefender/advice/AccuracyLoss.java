package org.meadefender.advice;

import java.util.BitSet;
import java.util.Locale;

/**
 * What a mark costs.
 *
 * @param share of accuracy that is lost, from −1 to 1; below 0 if it helps
 * @param standardError of that share, from the number of held-out samples alone
 */
public record AccuracyLoss(double share, double standardError) {

  /** Of a network beside an accuracy that is known. */
  static AccuracyLoss against(double unmarkedAccuracy, double accuracy, long rows) {
    return new AccuracyLoss(
        unmarkedAccuracy - accuracy, Math.sqrt(accuracy * (1 - accuracy) / rows));
  }

  /**
   * Of one network beside another, on the same samples.
   *
   * @param plain which samples the one without a mark classifies correctly
   * @param marked which the other does
   */
  static AccuracyLoss of(BitSet plain, BitSet marked, long rows) {
    BitSet different = (BitSet) plain.clone();
    different.xor(marked);
    double n = rows;
    double share = (plain.cardinality() - marked.cardinality()) / n;
    return new AccuracyLoss(
        share, Math.sqrt(Math.max(0, different.cardinality() / n - share * share) / n));
  }

  /** Whether it is beyond a budget by more than chance would often have it. */
  boolean exceeds(double budget) {
    return share - standardError > budget;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f ± %.2f points", 100 * share, 100 * standardError);
  }
}
