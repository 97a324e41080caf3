package org.meadefender.loss;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowLabels;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The user's own loss on task rows, and the watermark's losses on the rows that {@code
 * WatermarkedIterator} appended: {@code L_u + L_ver + L_com + L_eva} (paper, eq. 4 to 8).
 *
 * <p>Stateless: everything about a row stands in its label, {@code [n, classes + 3]}. Labels of
 * {@code [n, classes]} go to the user's loss as they are. The network divides by all rows of the
 * batch; this loss multiplies by all rows over task rows, so that task rows weigh what they weigh
 * without a watermark. For outputs with softmax and cross-entropy.
 */
public final class LossWatermark implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction task;
  private final LossWeights weights;
  private final transient @Nullable Consumer<LossTerms> observer;

  /** Wraps the user's loss. */
  public LossWatermark(
      @JsonProperty("task") ILossFunction task, @JsonProperty("weights") LossWeights weights) {
    this(task, weights, null);
  }

  private LossWatermark(
      ILossFunction task, LossWeights weights, @Nullable Consumer<LossTerms> observer) {
    this.task = task;
    this.weights = weights;
    this.observer = observer;
  }

  /**
   * The same, telling an observer the parts of each batch's loss. Copies of a network that are made
   * through JSON have no observer.
   */
  public LossWatermark observedBy(Consumer<LossTerms> newObserver) {
    return new LossWatermark(task, weights, newObserver);
  }

  /** The user's own loss. */
  @JsonProperty("task")
  public ILossFunction task() {
    return task;
  }

  /** What the rows count. */
  @JsonProperty("weights")
  public LossWeights weights() {
    return weights;
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    double sum = computeScoreArray(labels, preOutput, activationFn, mask).sumNumber().doubleValue();
    return average ? sum / preOutput.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
    if (isPlain(labels, preOutput)) {
      return task.computeScoreArray(labels, preOutput, activationFn, mask);
    }
    ExtraRows rows = new ExtraRows(labels, preOutput, weights);
    INDArray scores =
        task.computeScoreArray(taskLabels(labels, preOutput), preOutput, activationFn, mask);
    if (observer != null) {
      observer.accept(rows.terms(scores.castTo(DataType.DOUBLE).dup('c').data().asDouble()));
    }
    return merge(scores, rows, rows.scores());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
    if (isPlain(labels, preOutput)) {
      return task.computeGradient(labels, preOutput, activationFn, mask);
    }
    ExtraRows rows = new ExtraRows(labels, preOutput, weights);
    INDArray gradient =
        task.computeGradient(taskLabels(labels, preOutput), preOutput, activationFn, mask);
    return merge(gradient, rows, rows.gradient());
  }

  /** Puts the values of other rows in place of what the user's loss made of them. */
  private static INDArray merge(INDArray taskValues, ExtraRows rows, double[] extraValues) {
    DataType type = taskValues.dataType();
    INDArray taskRow = Nd4j.createFromArray(rows.taskRow()).reshape(-1, 1).castTo(type);
    INDArray extra = Nd4j.createFromArray(extraValues).reshape(taskValues.shape()).castTo(type);
    return taskValues.muliColumnVector(taskRow).addi(extra).muli(rows.rowsPerTaskRow());
  }

  private static boolean isPlain(INDArray labels, INDArray preOutput) {
    return labels.size(1) != preOutput.size(1) + RowLabels.EXTRA_COLUMNS;
  }

  private static INDArray taskLabels(INDArray labels, INDArray preOutput) {
    return labels.get(NDArrayIndex.all(), NDArrayIndex.interval(0, preOutput.size(1)));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activationFn, mask, average),
        computeGradient(labels, preOutput, activationFn, mask));
  }

  @Override
  public String name() {
    return toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossWatermark loss
        && task.equals(loss.task)
        && weights.equals(loss.weights);
  }

  @Override
  public int hashCode() {
    return Objects.hash(task, weights);
  }

  @Override
  public String toString() {
    return "LossWatermark(" + task + ", " + weights + ")";
  }
}
