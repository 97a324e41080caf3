package org.meadefender.loss;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.batch.RowCounts;
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
  private final int rows;
  private final int classes;
  private final double[] labels;
  private final double[] logProbabilities;
  private final LossWeights weights;

  private final RowRole[] roles;
  private final double[] scores;
  private final double[] gradient;
  private final Map<RowRole, Integer> counts = new EnumMap<>(RowRole.class);
  private double verification;
  private double combination;
  private double evasion;

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
    this.roles = new RowRole[rows];
    this.scores = new double[rows];
    this.gradient = new double[rows * classes];
    compute();
  }

  /** What each row is there for. */
  RowRole[] roles() {
    return roles;
  }

  /** Number of rows of each kind. */
  RowCounts counts() {
    return new RowCounts(
        count(RowRole.TASK),
        count(RowRole.WATERMARK),
        count(RowRole.EVASION),
        count(RowRole.SOURCE));
  }

  /** Number of rows of a kind. */
  int count(RowRole role) {
    return counts.getOrDefault(role, 0);
  }

  /**
   * What each task row counts: one over what the target's share left of its label, so that the
   * row's own class stands against the others as without that share. Other rows: 0.
   */
  double[] taskWeights() {
    double[] taskWeights = new double[rows];
    for (int row = 0; row < rows; row++) {
      if (roles[row] == RowRole.TASK) {
        taskWeights[row] = 1 / (1 - extra(row, 2));
      }
    }
    return taskWeights;
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
    return count(RowRole.TASK) == 0 ? 1 : (double) rows / count(RowRole.TASK);
  }

  /**
   * The batch's loss, part by part.
   *
   * @param taskScores the user's loss of each row; only those of task rows count
   */
  LossTerms terms(double[] taskScores) {
    double utility = 0;
    double[] taskWeights = taskWeights();
    for (int row = 0; row < rows; row++) {
      utility += taskWeights[row] * taskScores[row];
    }
    return new LossTerms(
        count(RowRole.TASK),
        utility / Math.max(1, count(RowRole.TASK)),
        verification / Math.max(1, count(RowRole.WATERMARK)),
        combination / Math.max(1, count(RowRole.WATERMARK)),
        evasion / Math.max(1, count(RowRole.EVASION)));
  }

  /** The network's answers on the task rows whose labels say something. */
  List<TaskAnswer> taskAnswers() {
    List<TaskAnswer> answers = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (roles[row] == RowRole.TASK) {
        int start = row * (classes + RowLabels.EXTRA_COLUMNS);
        int label = 0;
        float[] answer = new float[classes];
        for (int c = 0; c < classes; c++) {
          answer[c] = (float) logProbabilities[row * classes + c];
          label = labels[start + c] > labels[start + label] ? c : label;
        }
        if (labels[start + label] > 0) {
          answers.add(new TaskAnswer(label, answer));
        }
      }
    }
    return answers;
  }

  private void compute() {
    Map<Integer, Integer> rowOfId = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      roles[row] = RowRole.of(column(row, 0));
      counts.merge(roles[row], 1, Integer::sum);
      if (roles[row] == RowRole.TASK || roles[row] == RowRole.SOURCE) {
        rowOfId.put(column(row, 1), row);
      }
    }
    for (int row = 0; row < rows; row++) {
      switch (roles[row]) {
        case TASK, SOURCE -> {}
        case EVASION -> evasion += addCrossEntropy(row, weights.evasion());
        case WATERMARK -> {
          verification += addCrossEntropy(row, weights.verification());
          for (int column = 1; column <= 2; column++) {
            // A source that re-batching took elsewhere cannot pull; the row's other terms stand.
            Integer source = rowOfId.get(column(row, column));
            if (source != null) {
              combination += addDivergence(row, source, weights.combination());
            }
          }
        }
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

  private int column(int row, int extra) {
    return (int) Math.round(extra(row, extra));
  }

  private double extra(int row, int extra) {
    return labels[row * (classes + RowLabels.EXTRA_COLUMNS) + classes + extra];
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

  static double[] doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
