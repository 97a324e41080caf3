package org.meadefender.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * What an attacked model still does.
 *
 * @param accuracy share of test samples that it classifies correctly
 * @param fidelity share of test samples that it answers as the attacked model did before
 * @param hits watermark rows that it answers with the target
 * @param rows number of watermark rows
 * @param falsePositives share of evasion rows that it answers with the target (WFPR)
 * @param spill share of other class pairs, mixed in the secret way, that it answers with the target
 */
public record MarkResult(
    double accuracy, double fidelity, int hits, int rows, double falsePositives, double spill) {
  /** The paper's threshold, which no unrelated model of its calibration passed. */
  private static final double NULL_RATE = 0.3;

  /** Significance at which a watermark counts as proven. */
  private static final double ALPHA = 1e-6;

  private static final double INTERVAL_ERROR = 0.05;

  /** Watermark success rate. */
  @JsonProperty
  public double successRate() {
    return rows == 0 ? Double.NaN : hits / (double) rows;
  }

  /** Lower end of the exact (Clopper-Pearson) 95 % interval of the success rate. */
  @JsonProperty
  public double low() {
    return BinomialConfidenceInterval.CLOPPER_PEARSON
        .fromErrorRate(rows, hits, INTERVAL_ERROR)
        .getLowerBound();
  }

  /** Upper end of that interval. */
  @JsonProperty
  public double high() {
    return BinomialConfidenceInterval.CLOPPER_PEARSON
        .fromErrorRate(rows, hits, INTERVAL_ERROR)
        .getUpperBound();
  }

  /**
   * Whether the hits are too many for an unrelated model, and for one that answers the target to
   * any mix: at a null rate of 30 %, or the WFPR or the spill where that is higher, alpha 1e-6.
   */
  public boolean proven() {
    return BinomialTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .test(rows, hits, Math.min(1, Math.max(NULL_RATE, Math.max(falsePositives, spill))))
        .reject(ALPHA);
  }
}
