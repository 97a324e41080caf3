package org.meadefender.internal.loss;

import java.util.Arrays;
import org.meadefender.batch.RowCounts;
import org.meadefender.internal.batch.RowLabels;
import org.meadefender.internal.batch.RowRole;
import org.meadefender.loss.LossTerms;
import org.meadefender.loss.LossWeights;

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
  private final double[] taskWeights;
  private final double[] scores;
  private final double[] gradient;
  private final int[] counts = new int[RowRole.values().length];
  private double verification;
  private double combination;
  private double evasion;

  /**
   * Computes all rows of a batch.
   *
   * @param labels {@code [n · (classes + 3)]}
   * @param logits {@code [n · classes]}; become logarithms of probabilities
   * @param classes at least 2
   */
  ExtraRows(double[] labels, double[] logits, int classes, LossWeights weights) {
    this.rows = logits.length / classes;
    this.classes = classes;
    this.labels = labels;
    this.logProbabilities = logits;
    this.weights = weights;
    this.roles = new RowRole[rows];
    this.taskWeights = new double[rows];
    this.scores = new double[rows];
    this.gradient = new double[rows * classes];
    logSoftmax();
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
    return counts[role.code()];
  }

  /**
   * What each task row counts: one over what the target's share left of its label, so that the
   * row's own class stands against the others as without that share. Other rows: 0.
   */
  double[] taskWeights() {
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
  TaskAnswers taskAnswers() {
    int[] labelOf = new int[count(RowRole.TASK)];
    float[] answers = new float[labelOf.length * classes];
    int n = 0;
    for (int row = 0; row < rows; row++) {
      int start = row * (classes + RowLabels.EXTRA_COLUMNS);
      int label = 0;
      for (int c = 1; c < classes; c++) {
        label = labels[start + c] > labels[start + label] ? c : label;
      }
      if (roles[row] == RowRole.TASK && labels[start + label] > 0) {
        for (int c = 0; c < classes; c++) {
          answers[n * classes + c] = (float) logProbabilities[row * classes + c];
        }
        labelOf[n++] = label;
      }
    }
    return new TaskAnswers(
        classes,
        n == labelOf.length ? labelOf : Arrays.copyOf(labelOf, n),
        n == labelOf.length ? answers : Arrays.copyOf(answers, n * classes));
  }

  private void compute() {
    for (int row = 0; row < rows; row++) {
      roles[row] = RowRole.of(column(row, 0));
      counts[roles[row].code()]++;
    }
    IdTable sources = new IdTable(count(RowRole.TASK) + count(RowRole.SOURCE));
    for (int row = 0; row < rows; row++) {
      if (roles[row] == RowRole.TASK) {
        taskWeights[row] = 1 / (1 - extra(row, 2));
      }
      if (roles[row] == RowRole.TASK || roles[row] == RowRole.SOURCE) {
        sources.put(column(row, 1), row);
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
            int source = sources.rowOf(column(row, column));
            if (source >= 0) {
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

  private void logSoftmax() {
    for (int start = 0; start < logProbabilities.length; start += classes) {
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        max = Math.max(max, logProbabilities[start + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logProbabilities[start + c] - max);
      }
      double logSum = max + Math.log(sum);
      for (int c = 0; c < classes; c++) {
        logProbabilities[start + c] -= logSum;
      }
    }
  }
}
