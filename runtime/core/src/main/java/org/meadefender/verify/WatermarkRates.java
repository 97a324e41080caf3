package org.meadefender.verify;

/**
 * WSR, WFPR and spill of a model: how often it answers three kinds of rows with the target of a
 * watermark. Every figure of a training, an audit and a verdict that is one of these three comes as
 * this type.
 *
 * @param watermark watermark rows answered with the target: its share is the WSR
 * @param evasion the same pairs combined in the watermark's other ways, answered with the target:
 *     its share is the WFPR
 * @param spill other class pairs, none of them with the target, combined in the secret way and
 *     answered with the target
 * @since 0.1.0
 */
public record WatermarkRates(Rate watermark, Rate evasion, Rate spill) {

  /** WSR: share of watermark rows that are answered with the target, from 0 to 1. */
  public double watermarkSuccessRate() {
    return watermark.share();
  }

  /** WFPR: share of evasion rows that are answered with the target, from 0 to 1. */
  public double falsePositiveRate() {
    return evasion.share();
  }

  /** Share of rows of other class pairs that are answered with the target; NaN without any. */
  public double spillRate() {
    return spill.share();
  }

  /** The rates of two watermarks of one model together. */
  public WatermarkRates plus(WatermarkRates other) {
    return new WatermarkRates(
        watermark.plus(other.watermark), evasion.plus(other.evasion), spill.plus(other.spill));
  }

  /** For instance {@code WSR 99.1 % (991/1000), WFPR 0.4 % (4/1000), spill 12.0 % (120/1000)}. */
  @Override
  public String toString() {
    return "WSR " + watermark + ", WFPR " + evasion + ", spill " + spill;
  }
}
