package org.meadefender.internal.loss;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.batch.RowLabels;
import org.meadefender.internal.batch.RowRole;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;

/**
 * The user's own loss on task rows, and the watermark's losses on the rows that {@code
 * WatermarkedDataSetIterator} appended: {@code L_u + L_ver + L_com + L_eva} (paper, eq. 4 to 8).
 *
 * <p>Everything about a row stands in its label, {@code [n, classes + 3]}. Labels of {@code [n,
 * classes]} go to the user's loss as they are. A network of mini-batches divides by all rows of the
 * batch; this loss multiplies by all rows over task rows, so that task rows weigh what they weigh
 * without a watermark. For softmax and cross-entropy: the values may be logits, with a softmax as
 * the loss's activation, or probabilities, with none.
 *
 * <p>A network's JSON, and so its files, name the user's loss in the place of this one. Copies in
 * memory share this object, which is nothing but the user's loss once it is {@link #retire
 * retired}.
 */
@JsonSerialize(using = LossWatermarkSerializer.class)
public final class LossWatermark extends RowLoss {
  private static final long serialVersionUID = 1L;

  private final ILossFunction task;
  private final LossWeights weights;
  private final @Nullable Mgda mgda;
  private final boolean miniBatch;
  private transient @Nullable Object layer;
  private transient volatile boolean retired;
  private final transient @Nullable Supplier<INDArray> lastLayerInput;
  private final transient @Nullable Supplier<LossAlphas> given;
  private final transient @Nullable Consumer<LossStep> observer;
  private transient volatile @Nullable StepLoss step;

  /** Wraps the user's loss, with fixed weights. */
  public LossWatermark(ILossFunction task, LossWeights weights) {
    this(task, weights, null, true);
  }

  /** For JSON; copies of a network made through it have fixed weights, and no observer. */
  @JsonCreator
  public LossWatermark(
      @JsonProperty("task") ILossFunction task,
      @JsonProperty("weights") LossWeights weights,
      @JsonProperty("mgda") @Nullable Mgda mgda,
      @JsonProperty("miniBatch") @Nullable Boolean miniBatch) {
    this(task, weights, mgda, miniBatch == null || miniBatch, null, null, null);
  }

  private LossWatermark(
      ILossFunction task,
      LossWeights weights,
      @Nullable Mgda mgda,
      boolean miniBatch,
      @Nullable Supplier<INDArray> lastLayerInput,
      @Nullable Supplier<LossAlphas> given,
      @Nullable Consumer<LossStep> observer) {
    this.task = task;
    this.weights = weights;
    this.mgda = mgda;
    this.miniBatch = miniBatch;
    this.lastLayerInput = lastLayerInput;
    this.given = given;
    this.observer = observer;
  }

  /**
   * The same, telling an observer what each step's loss was made of, as its gradient is asked for.
   */
  public LossWatermark observedBy(Consumer<LossStep> newObserver) {
    return new LossWatermark(task, weights, mgda, miniBatch, lastLayerInput, given, newObserver);
  }

  /**
   * The same with balanced losses. The weights then are those inside the watermark loss, {@code
   * L_wm = combination·L_com + verification·L_ver} (paper, eq. 6), and of the evasion loss.
   *
   * @param newLastLayerInput gives the current batch's input of the last layer, {@code [n, d]}
   */
  public LossWatermark balancedBy(Mgda newMgda, Supplier<INDArray> newLastLayerInput) {
    return new LossWatermark(task, weights, newMgda, miniBatch, newLastLayerInput, null, observer);
  }

  /**
   * The same with coefficients that are chosen elsewhere.
   *
   * @param newGiven gives the current batch's coefficients
   */
  public LossWatermark balancedAs(Supplier<LossAlphas> newGiven) {
    return new LossWatermark(task, weights, null, miniBatch, null, newGiven, observer);
  }

  /**
   * The same for a network that divides a batch's gradients by its rows, or that does not ({@code
   * miniBatch(false)}).
   */
  public LossWatermark withMiniBatch(boolean newMiniBatch) {
    return new LossWatermark(task, weights, mgda, newMiniBatch, lastLayerInput, given, observer);
  }

  /** Says which layer's configuration has this loss; copies of the network have another. */
  public void attach(Object newLayer) {
    layer = newLayer;
  }

  /** Whether this is the loss of a training of that layer that is still open. */
  public boolean isAttachedTo(Object other) {
    return layer == other;
  }

  /** Ends the training: copies that share this loss now have the user's. */
  public void retire() {
    layer = null;
    step = null;
    retired = true;
  }

  boolean isRetired() {
    return retired;
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

  /** How the losses are balanced, if not by the weights alone. */
  @JsonProperty("mgda")
  public @Nullable Mgda mgda() {
    return mgda;
  }

  /** Whether the network divides a batch's gradients by its rows. */
  @JsonProperty("miniBatch")
  public boolean isMiniBatch() {
    return miniBatch;
  }

  /** Whether the coefficients hang on the losses' gradients. */
  boolean isBalanced() {
    return mgda != null && lastLayerInput != null;
  }

  /**
   * The coefficients of a batch. Fixed row weights: a mean's is its number of rows over that of
   * task rows.
   */
  LossAlphas alphas(StepLoss step) {
    if (mgda != null && lastLayerInput != null) {
      return GradientProducts.balance(mgda, lastLayerInput.get(), step);
    }
    if (given != null) {
      return given.get();
    }
    ExtraRows rows = step.rows();
    double taskRows = Math.max(1, rows.count(RowRole.TASK));
    return new LossAlphas(
        1, rows.count(RowRole.WATERMARK) / taskRows, rows.count(RowRole.EVASION) / taskRows);
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    if (isPlain(labels, preOutput)) {
      return task.computeScore(labels, preOutput, activationFn, mask, average);
    }
    StepLoss computed = step;
    step = null;
    if (computed == null || !computed.isOf(labels, preOutput)) {
      computed = new StepLoss(this, labels, preOutput, activationFn, mask, false);
    }
    return average ? computed.score() / preOutput.size(0) : computed.score();
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
    return isPlain(labels, preOutput)
        ? task.computeScoreArray(labels, preOutput, activationFn, mask)
        : new StepLoss(this, labels, preOutput, activationFn, mask, false).scoreArray();
  }

  /** Computes the whole step: its score, asked for next, is ready then, and the observer told. */
  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
    if (isPlain(labels, preOutput)) {
      return task.computeGradient(labels, preOutput, activationFn, mask);
    }
    StepLoss computed = new StepLoss(this, labels, preOutput, activationFn, mask, true);
    if (observer != null) {
      observer.accept(computed.parts());
    }
    step = computed;
    return computed.gradient();
  }

  private boolean isPlain(INDArray labels, INDArray preOutput) {
    return retired || labels.size(1) != preOutput.size(1) + RowLabels.EXTRA_COLUMNS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossWatermark loss
        && task.equals(loss.task)
        && weights.equals(loss.weights)
        && miniBatch == loss.miniBatch
        && Objects.equals(mgda, loss.mgda);
  }

  @Override
  public int hashCode() {
    return Objects.hash(task, weights, mgda, miniBatch);
  }

  @Override
  public String toString() {
    return "LossWatermark(" + task + ", " + weights + ")";
  }
}
