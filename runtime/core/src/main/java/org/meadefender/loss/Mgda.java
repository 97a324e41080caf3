package org.meadefender.loss;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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
 */
public record Mgda(
    @JsonProperty("normalization") Normalization normalization,
    @JsonProperty("keepUtility") boolean keepUtility,
    @JsonProperty("gradients") Gradients gradients)
    implements Serializable {

  /** Largest divisor of the released code's normalisation. */
  private static final double CAP = 10;

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

  /**
   * Balances three losses.
   *
   * @param gram products of their gradients, {@code [3][3]}: utility, watermark, evasion; a loss
   *     without a gradient gets 0
   * @param losses their values, 3
   */
  public LossStep.Alphas balance(double[][] gram, double[] losses) {
    List<Integer> present = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      // A loss without rows, or learnt to the last bit, has no gradient, and needs no weight.
      if (gram[i][i] > 0) {
        present.add(i);
      }
    }
    double[] divisors = new double[losses.length];
    for (int i : present) {
      divisors[i] = divisor(losses[i], Math.sqrt(gram[i][i]));
    }
    double[][] normalized = new double[present.size()][present.size()];
    for (int i = 0; i < normalized.length; i++) {
      for (int j = 0; j < normalized.length; j++) {
        int a = present.get(i);
        int b = present.get(j);
        normalized[i][j] = gram[a][b] / (divisors[a] * divisors[b]);
      }
    }
    double[] weights = MinNorm.weights(normalized);
    double[] alphas = new double[losses.length];
    for (int i = 0; i < normalized.length; i++) {
      alphas[present.get(i)] = weights[i];
    }
    return new LossStep.Alphas(keepUtility ? 1 : alphas[0], alphas[1], alphas[2]);
  }

  private double divisor(double loss, double norm) {
    double divisor =
        switch (normalization) {
          case NONE -> 1;
          case NORM -> norm;
          case LOSS -> loss;
          case LOSS_TIMES_NORM -> Math.min(CAP, loss * norm);
        };
    return Math.max(divisor, Double.MIN_NORMAL);
  }
}
