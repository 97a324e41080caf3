package org.meadefender.internal.loss;

import org.meadefender.internal.batch.RowRole;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products of the losses' gradients with respect to the last layer's weights and bias. */
final class GradientProducts {
  private static final int LOSSES = 3;

  private GradientProducts() {}

  /** Place of a row's loss: utility, watermark, evasion; −1 for rows without a loss. */
  static int lossOf(RowRole role) {
    return switch (role) {
      case TASK -> 0;
      case WATERMARK -> 1;
      case EVASION -> 2;
      case SOURCE -> -1;
    };
  }

  /**
   * Sums {@code (1 + a_r·a_s)(δ_r·δ_s)} over the rows of each pair of losses; the 1 is the bias.
   *
   * @param inputs a, the last layer's input, {@code [n, d]}
   * @param deltas δ, {@code [n, classes]}, gradients of row losses with respect to the logits
   * @param rows numbers of rows of each loss; gradients are those of means
   * @return {@code [3][3]}
   */
  static double[][] gram(INDArray inputs, INDArray deltas, RowRole[] roles, int[] rows) {
    int n = roles.length;
    double[] products = FlatArrays.doubles(products(inputs).addi(1).muli(products(deltas)));
    double[][] gram = new double[LOSSES][LOSSES];
    for (int r = 0; r < n; r++) {
      for (int s = 0; s < n; s++) {
        int i = lossOf(roles[r]);
        int j = lossOf(roles[s]);
        if (i >= 0 && j >= 0) {
          gram[i][j] += products[r * n + s] / rows[i] / rows[j];
        }
      }
    }
    return gram;
  }

  /**
   * Balances a batch's losses.
   *
   * @param inputs the last layer's input, {@code [n, d]}
   */
  static LossAlphas balance(Mgda mgda, INDArray inputs, StepLoss step) {
    ExtraRows rows = step.rows();
    double[] deltas = step.taskGradient();
    double[] taskScores = step.taskScores();
    int[] counts = {
      rows.count(RowRole.TASK), rows.count(RowRole.WATERMARK), rows.count(RowRole.EVASION)
    };
    RowRole[] roles = rows.roles();
    int classes = deltas.length / roles.length;
    double[] losses = new double[counts.length];
    double[] taskWeights = rows.taskWeights();
    for (int row = 0; row < roles.length; row++) {
      if (roles[row] != RowRole.TASK) {
        System.arraycopy(rows.gradient(), row * classes, deltas, row * classes, classes);
      } else {
        for (int i = row * classes; i < (row + 1) * classes; i++) {
          deltas[i] *= taskWeights[row];
        }
      }
      int loss = lossOf(roles[row]);
      if (loss >= 0) {
        losses[loss] +=
            (loss == 0 ? taskWeights[row] * taskScores[row] : rows.scores()[row]) / counts[loss];
      }
    }
    INDArray rowDeltas = Nd4j.createFromArray(deltas).reshape(roles.length, classes);
    return MgdaBalance.of(mgda, gram(inputs, rowDeltas, roles, counts), losses);
  }

  /** Each row by each row, {@code [n, n]}. */
  private static INDArray products(INDArray rows) {
    INDArray exact = rows.castTo(DataType.DOUBLE);
    return exact.mmul(exact.transpose());
  }
}
