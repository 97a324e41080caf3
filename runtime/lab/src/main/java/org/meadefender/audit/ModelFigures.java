package org.meadefender.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.meadefender.verify.WatermarkRates;

/**
 * What an attacked model still does.
 *
 * @param accuracy share of test samples that it classifies correctly
 * @param fidelity share of test samples that it answers as the attacked model did before
 * @param rates WSR, WFPR and spill
 * @param verdict what verification says of it: the name of an {@link
 *     org.meadefender.verify.OwnershipVerdict}
 * @param basis which part of the answers the verdict rests on; empty for none
 */
public record ModelFigures(
    double accuracy, double fidelity, WatermarkRates rates, String verdict, String basis) {
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
