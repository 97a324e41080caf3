package org.meadefender.verify;

/**
 * How a model answers the rows of one mark.
 *
 * @param watermark watermark rows answered with the target: its share is the WSR
 * @param evasion the same pairs combined in the mark's other ways, answered with the target: its
 *     share is the WFPR
 * @param spill other class pairs, none of them with the target, combined in the secret way and
 *     answered with the target
 */
public record MarkRates(Rate watermark, Rate evasion, Rate spill) {

  /** Share of watermark rows that are answered with the target. */
  public double watermarkSuccessRate() {
    return watermark.share();
  }

  /** Share of evasion rows that are answered with the target. */
  public double falsePositiveRate() {
    return evasion.share();
  }

  /** Share of rows of other class pairs that are answered with the target. */
  public double spillRate() {
    return spill.share();
  }

  /** The rates of two marks of one model together. */
  public MarkRates plus(MarkRates other) {
    return new MarkRates(
        watermark.plus(other.watermark), evasion.plus(other.evasion), spill.plus(other.spill));
  }

  /** For instance {@code WSR 99.1 % (991/1000), WFPR 0.4 % (4/1000), spill 12.0 % (120/1000)}. */
  @Override
  public String toString() {
    return "WSR " + watermark + ", WFPR " + evasion + ", spill " + spill;
  }
}
