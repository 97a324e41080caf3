package org.meadefender.loss;

import java.util.HashMap;
import java.util.Map;
import org.meadefender.batch.RowLabels;
import org.meadefender.batch.RowRole;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores and gradients of the rows that are not task rows, in double precision.
 *
 * <p>With z the logits, p = softmax(z) and q the label: cross-entropy has the gradient {@code p −
 * q}; {@code KL(p ‖ s)}, s being the detached output on a source, has {@code p · (ln p − ln s −
 * KL)}.
 */
final class ExtraRows {
  private static final int VERIFICATION = 0;
  private static final int COMBINATION = 1;
  private static final int EVASION = 2;

  private final int rows;
  private final int classes;
  private final double[] labels;
  private final double[] logProbabilities;
  private final LossWeights weights;

  private final double[] scores;
  private final double[] gradient;
  private final double[] taskRow;
  private final double[] sums = new double[3];
  private final int[] counts = new int[3];

  /**
   * Computes all rows of a batch.
   *
   * @param wideLabels {@code [n, classes + 3]}
   * @param logits {@code [n, classes]}
   */
  ExtraRows(INDArray wideLabels, INDArray logits, LossWeights weights) {
    this.rows = (int) logits.size(0);
    this.classes = (int) logits.size(1);
    this.labels = doubles(wideLabels);
    this.logProbabilities = logSoftmax(doubles(logits));
    this.weights = weights;
    this.scores = new double[rows];
    this.gradient = new double[rows * classes];
    this.taskRow = new double[rows];
    compute();
  }

  /** 1 for task rows, 0 for others; {@code [n]}. */
  double[] taskRow() {
    return taskRow;
  }

  /** Weighted losses, 0 for task rows; {@code [n]}. */
  double[] scores() {
    return scores;
  }

  /** Their gradients with respect to the logits, 0 for task rows; {@code [n · classes]}. */
  double[] gradient() {
    return gradient;
  }

  /** All rows over task rows; 1 if there are no task rows. */
  double rowsPerTaskRow() {
    double taskRows = 0;
    for (double each : taskRow) {
      taskRows += each;
    }
    return taskRows == 0 ? 1 : rows / taskRows;
  }

  /**
   * The batch's loss, part by part.
   *
   * @param taskScores the user's loss of each row; only those of task rows count
   */
  LossTerms terms(double[] taskScores) {
    double utility = 0;
    int taskRows = 0;
    for (int row = 0; row < rows; row++) {
      if (taskRow[row] == 1) {
        utility += taskScores[row];
        taskRows++;
      }
    }
    return new LossTerms(
        taskRows,
        utility / Math.max(1, taskRows),
        sums[VERIFICATION] / Math.max(1, counts[VERIFICATION]),
        sums[COMBINATION] / Math.max(1, counts[VERIFICATION]),
        sums[EVASION] / Math.max(1, counts[EVASION]));
  }

  private void compute() {
    Map<Integer, Integer> rowOfId = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      if (role(row) == RowRole.TASK || role(row) == RowRole.SOURCE) {
        rowOfId.put(column(row, 1), row);
      }
    }
    for (int row = 0; row < rows; row++) {
      switch (role(row)) {
        case TASK -> taskRow[row] = 1;
        case EVASION -> {
          counts[EVASION]++;
          sums[EVASION] += addCrossEntropy(row, weights.evasion());
        }
        case WATERMARK -> {
          counts[VERIFICATION]++;
          sums[VERIFICATION] += addCrossEntropy(row, weights.verification());
          for (int column = 1; column <= 2; column++) {
            // A source that re-batching took elsewhere cannot pull; the row's other terms stand.
            Integer source = rowOfId.get(column(row, column));
            if (source != null) {
              sums[COMBINATION] += addDivergence(row, source, weights.combination());
            }
          }
        }
        case SOURCE -> {}
      }
    }
  }

  private double addCrossEntropy(int row, double weight) {
    double loss = 0;
    for (int c = 0; c < classes; c++) {
      double label = labels[row * (classes + RowLabels.EXTRA_COLUMNS) + c];
      double logP = logProbabilities[row * classes + c];
      loss -= label * logP;
      gradient[row * classes + c] += weight * (Math.exp(logP) - label);
    }
    scores[row] += weight * loss;
    return loss;
  }

  private double addDivergence(int row, int source, double weight) {
    double divergence = 0;
    for (int c = 0; c < classes; c++) {
      double logP = logProbabilities[row * classes + c];
      divergence += Math.exp(logP) * (logP - logProbabilities[source * classes + c]);
    }
    scores[row] += weight * divergence;
    for (int c = 0; c < classes; c++) {
      double logP = logProbabilities[row * classes + c];
      double logS = logProbabilities[source * classes + c];
      gradient[row * classes + c] += weight * Math.exp(logP) * (logP - logS - divergence);
    }
    return divergence;
  }

  private RowRole role(int row) {
    return RowRole.of(column(row, 0));
  }

  private int column(int row, int extra) {
    return (int) Math.round(labels[row * (classes + RowLabels.EXTRA_COLUMNS) + classes + extra]);
  }

  private double[] logSoftmax(double[] logits) {
    for (int start = 0; start < logits.length; start += classes) {
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        max = Math.max(max, logits[start + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits[start + c] - max);
      }
      double logSum = max + Math.log(sum);
      for (int c = 0; c < classes; c++) {
        logits[start + c] -= logSum;
      }
    }
    return logits;
  }

  private static double[] doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
