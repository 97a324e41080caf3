package org.meadefender.internal.loss;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.batch.RowRole;
import org.meadefender.loss.LossAlphas;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The loss of one batch, computed once: its gradient, its score, and what they are made of.
 *
 * <p>Deeplearning4j asks for the gradient first and for the score afterwards, with the same labels
 * and with outputs that it computes anew.
 */
final class StepLoss {
  private final INDArray labels;
  private final double[] output;
  private final HeadOutput head;
  private final ExtraRows rows;
  private final INDArray taskScores;
  private final double[] scoreOfRow;
  private final @Nullable INDArray taskGradient;
  private final LossAlphas alphas;
  private final double scale;

  /**
   * Computes a batch's loss.
   *
   * @param loss how
   * @param labels {@code [n, classes + 3]}
   * @param preOutput {@code [n, classes]}, logits or probabilities
   * @param withGradient whether the gradient will be asked for
   */
  StepLoss(
      LossWatermark loss,
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean withGradient) {
    this.labels = labels;
    this.output = FlatArrays.doubles(preOutput);
    this.head = HeadOutput.of(preOutput, activation);
    int classes = (int) preOutput.size(1);
    this.rows =
        new ExtraRows(FlatArrays.doubles(labels), head.flatLogits(output), classes, loss.weights());
    INDArray taskLabels =
        labels.get(NDArrayIndex.all(), NDArrayIndex.interval(0, preOutput.size(1)));
    this.taskScores = loss.task().computeScoreArray(taskLabels, head.values(), activation, mask);
    this.scoreOfRow = FlatArrays.doubles(taskScores);
    this.taskGradient =
        withGradient || loss.isBalanced()
            ? loss.task().computeGradient(taskLabels, head.values(), activation, mask)
            : null;
    this.alphas = loss.alphas(this);
    this.scale = loss.isMiniBatch() ? rows.rowsPerTaskRow() : 1;
  }

  /** Whether this is the loss of these labels and outputs. */
  boolean isOf(INDArray otherLabels, INDArray otherOutput) {
    return labels == otherLabels && Arrays.equals(output, FlatArrays.doubles(otherOutput));
  }

  ExtraRows rows() {
    return rows;
  }

  /** The user's loss of each row, {@code [n]}. */
  double[] taskScores() {
    return scoreOfRow;
  }

  /** The gradient of the user's loss with respect to the logits, {@code [n · classes]}. */
  double[] taskGradient() {
    if (taskGradient == null) {
      throw new IllegalStateException("The gradient was not computed");
    }
    return FlatArrays.doubles(head.toLogits(taskGradient));
  }

  /** What the loss was made of. */
  LossStep parts() {
    return new LossStep(rows.terms(scoreOfRow), alphas, rows.counts(), rows.taskAnswers());
  }

  /** The sum over all rows. */
  double score() {
    double[] factors = taskFactors();
    double[] extra = weighted(rows.scores());
    double sum = 0;
    for (int row = 0; row < extra.length; row++) {
      sum += factors[row] * scoreOfRow[row] + extra[row];
    }
    return sum * scale;
  }

  /** The loss of each row, {@code [n, 1]}; to be asked for once. */
  INDArray scoreArray() {
    return FlatArrays.merge(taskScores, taskFactors(), weighted(rows.scores()), scale);
  }

  /** The gradient with respect to the outputs, {@code [n, classes]}; to be asked for once. */
  INDArray gradient() {
    if (taskGradient == null) {
      throw new IllegalStateException("The gradient was not computed");
    }
    return FlatArrays.merge(
        taskGradient, taskFactors(), weighted(head.fromLogits(rows.gradient())), scale);
  }

  private double[] taskFactors() {
    double[] factors = rows.taskWeights().clone();
    for (int row = 0; row < factors.length; row++) {
      factors[row] *= alphas.utility();
    }
    return factors;
  }

  /** Values of the other rows, each with its loss's coefficient. */
  private double[] weighted(double[] values) {
    double taskRows = Math.max(1, rows.count(RowRole.TASK));
    double watermark = alphas.watermark() * taskRows / Math.max(1, rows.count(RowRole.WATERMARK));
    double evasion = alphas.evasion() * taskRows / Math.max(1, rows.count(RowRole.EVASION));
    RowRole[] roles = rows.roles();
    double[] result = values.clone();
    int width = result.length / roles.length;
    for (int i = 0; i < result.length; i++) {
      result[i] *= roles[i / width] == RowRole.WATERMARK ? watermark : evasion;
    }
    return result;
  }
}
