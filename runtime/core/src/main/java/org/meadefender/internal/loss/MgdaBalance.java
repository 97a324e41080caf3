package org.meadefender.internal.loss;

import java.util.ArrayList;
import java.util.List;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.Mgda;

/** The coefficients that multiple-gradient descent gives the losses of a step; see {@link Mgda}. */
public final class MgdaBalance {
  /** Largest divisor of the released code's normalisation. */
  private static final double CAP = 10;

  private MgdaBalance() {}

  /**
   * Balances three losses.
   *
   * @param gram products of their gradients, {@code [3][3]}: utility, watermark, evasion; a loss
   *     without a gradient gets 0
   * @param losses their values, 3
   */
  public static LossAlphas of(Mgda mgda, double[][] gram, double[] losses) {
    List<Integer> present = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      // A loss without rows, or learnt to the last bit, has no gradient, and needs no weight.
      if (gram[i][i] > 0) {
        present.add(i);
      }
    }
    double[] divisors = new double[losses.length];
    for (int i : present) {
      divisors[i] = divisor(mgda.normalization(), losses[i], Math.sqrt(gram[i][i]));
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
    return new LossAlphas(mgda.keepUtility() ? 1 : alphas[0], alphas[1], alphas[2]);
  }

  private static double divisor(Mgda.Normalization normalization, double loss, double norm) {
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
