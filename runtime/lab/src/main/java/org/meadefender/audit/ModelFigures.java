package org.meadefender.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.meadefender.suspect.Calibration;
import org.meadefender.verify.SourceAnswers;
import org.meadefender.verify.WatermarkRates;

/**
 * What an attacked model still does.
 *
 * @param accuracy share of test samples that it classifies correctly
 * @param fidelity share of test samples that it answers as the attacked model did before
 * @param calibration log loss and calibration error on the test samples; null if it tells top
 *     classes only, and in results of an earlier program
 * @param sourceAnswers p(C|A) and p(C|B) on the test samples; null in results of an earlier program
 * @param rates WSR, WFPR and spill
 * @param verdict what verification says of it: the name of an {@link
 *     org.meadefender.verify.OwnershipVerdict}
 * @param basis which part of the answers the verdict rests on; empty for none
 */
public record ModelFigures(
    double accuracy,
    double fidelity,
    @Nullable Calibration calibration,
    @Nullable SourceAnswers sourceAnswers,
    WatermarkRates rates,
    String verdict,
    String basis) {
  /** Watermark success rate. */
  @JsonProperty
  public double successRate() {
    return rates.watermarkSuccessRate();
  }

  /** Lower end of the exact (Clopper-Pearson) 95 % interval of the success rate. */
  @JsonProperty
  public double low() {
    return rates.watermark().lower();
  }

  /** Upper end of that interval. */
  @JsonProperty
  public double high() {
    return rates.watermark().upper();
  }
}
