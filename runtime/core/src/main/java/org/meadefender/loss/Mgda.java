package org.meadefender.loss;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Chooses the coefficients of utility, watermark and evasion loss anew in every step, so that no
 * loss gets worse to first order (multiple-gradient descent; paper, eq. 8 and 9).
 *
 * <p>The gradients of the last layer's weights, {@code Gᵢ = aᵢᵀ·δᵢ}, cost no further pass: {@code
 * ⟨Gᵢ, Gⱼ⟩ = Σ (a_r·a_s)(δ_r·δ_s)} over the rows r of loss i and s of j. Those of all parameters
 * cost a forward and a backward pass for each loss.
 *
 * @param normalization what each gradient is divided by before the balance
 * @param keepUtility whether the utility loss keeps the coefficient 1, as in the released code;
 *     else the coefficients sum to 1, as in the paper
 * @param gradients which parameters the gradients are of
 * @since 0.1.0
 */
public record Mgda(
    @JsonProperty("normalization") Normalization normalization,
    @JsonProperty("keepUtility") boolean keepUtility,
    @JsonProperty("gradients") Gradients gradients)
    implements Serializable {

  /** What a gradient is divided by. */
  public enum Normalization {
    /** Nothing; the loss with the smallest gradient then takes nearly all weight. */
    NONE,
    /** Its norm. */
    NORM,
    /** Its loss. */
    LOSS,
    /** Loss times norm, at most 10: the released code. */
    LOSS_TIMES_NORM
  }

  /** Which parameters the gradients are of. */
  public enum Gradients {
    /** The last layer's: in the same pass. */
    LAST_LAYER,
    /** All, as the paper writes it: about four times the cost of a step. */
    ALL_LAYERS
  }

  /** As in the released code: loss times norm, and the utility loss at 1. */
  public static final Mgda RELEASED =
      new Mgda(Normalization.LOSS_TIMES_NORM, true, Gradients.LAST_LAYER);

  /** As the paper writes it: coefficients that sum to 1; gradients divided by their norm. */
  public static final Mgda PAPER = new Mgda(Normalization.NORM, false, Gradients.LAST_LAYER);

  /** The same with the gradients of other parameters. */
  public Mgda withGradients(Gradients newGradients) {
    return new Mgda(normalization, keepUtility, newGradients);
  }
}
