package org.meadefender.loss;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How much a single row of each kind counts beside a task row, which counts 1.
 *
 * <p>With row weights w, n task rows and ratio r the loss is {@code mean L_u +
 * r·w.verification·mean L_ver + r·w.combination·mean L_com + r·w.evasion·mean L_eva} (paper, eq. 4
 * to 8, with fixed coefficients).
 *
 * @param verification of cross-entropy of a watermark row to the target, at least 0
 * @param combination of divergence of a watermark row from its two sources, at least 0
 * @param evasion of cross-entropy of an evasion row to its sources, at least 0
 * @since 0.1.0
 */
public record LossWeights(
    @JsonProperty("verification") double verification,
    @JsonProperty("combination") double combination,
    @JsonProperty("evasion") double evasion)
    implements Serializable {

  /** Chosen by measurement, see {@code docs/research-log.md}. */
  public static final LossWeights DEFAULT = new LossWeights(3, 0.05, 1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a weight is negative or not finite
   */
  public LossWeights {
    require("verification", verification);
    require("combination", combination);
    require("evasion", evasion);
  }

  private static void require(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The weight " + name + " is " + value + "; it must be finite and at least 0");
    }
  }
}
