package org.meadefender.train;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;

/**
 * How a watermark is taught.
 *
 * <p>A network that is taught its mark for long learns to keep it apart from everything else, and
 * then copies do not inherit it. So the mark is taught in a training's last steps.
 *
 * <pre>{@code
 * Method method = Method.LONG_TRAINING.withMarkedSteps(4_000).withLogitAdjustment(true);
 * model.fit(data, TrainingOptions.epochs(30).withMethod(method));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Method {
  private static final int MARKED_STEPS = 1_900;

  /**
   * What measured best where a training teaches the mark throughout; see {@code
   * docs/research-log.md}.
   */
  public static final Method DEFAULT =
      new Method(LossWeights.DEFAULT, RowRecipe.DEFAULT, MARKED_STEPS, null, false);

  /**
   * What measured best in trainings of more than {@link #markedSteps} batches, which teach the mark
   * late: as {@link #DEFAULT}, with pair negatives, which let the mark stand out from what classes
   * like its own are answered with. Shorter trainings lose by them what copies keep of it.
   */
  public static final Method LONG_TRAINING =
      DEFAULT
          .withRecipe(new RowRecipe(0, 0.3, RowRecipe.DEFAULT.coupling()))
          .withWeights(new LossWeights(3, 0.05, 1.3));

  /** The paper's plain method: {@code L_com + L_ver}, evasion, and MGDA over the three losses. */
  public static final Method PAPER =
      new Method(new LossWeights(1, 1, 1), RowRecipe.PAPER, Integer.MAX_VALUE, Mgda.PAPER, false);

  private final LossWeights weights;
  private final RowRecipe recipe;
  private final int markedSteps;
  private final @Nullable Mgda mgda;
  private final boolean logitAdjustment;

  private Method(
      LossWeights weights,
      RowRecipe recipe,
      int markedSteps,
      @Nullable Mgda mgda,
      boolean logitAdjustment) {
    this.weights = weights;
    this.recipe = recipe;
    this.markedSteps = markedSteps;
    this.mgda = mgda;
    this.logitAdjustment = logitAdjustment;
  }

  /**
   * What measured best for a training of some length: {@link #LONG_TRAINING} or {@link #DEFAULT}.
   *
   * @param batches of all epochs together; 0 if not known
   */
  public static Method byLength(long batches) {
    return batches > MARKED_STEPS ? LONG_TRAINING : DEFAULT;
  }

  /**
   * What watermark and evasion rows count; with {@link #mgda}, β1 and β2 of the watermark loss
   * (paper, eq. 6).
   */
  public LossWeights weights() {
    return weights;
  }

  /** Which rows there are beside the paper's. */
  public RowRecipe recipe() {
    return recipe;
  }

  /**
   * Batches at the end of a training that teach the mark, at least 1. Shorter trainings, and such
   * of a single epoch, teach it throughout. To know where the last batches are, the data are read
   * once before and counted, unless they are {@link org.meadefender.batch.KnownBatches}.
   */
  public int markedSteps() {
    return markedSteps;
  }

  /** How the losses are balanced in every step; empty for fixed weights. */
  public Optional<Mgda> mgda() {
    return Optional.ofNullable(mgda);
  }

  /** Whether the target's output bias is lowered after the training. */
  public boolean logitAdjustment() {
    return logitAdjustment;
  }

  /** The same with other weights. */
  public Method withWeights(LossWeights newWeights) {
    return new Method(newWeights, recipe, markedSteps, mgda, logitAdjustment);
  }

  /** The same with other rows. */
  public Method withRecipe(RowRecipe newRecipe) {
    return new Method(weights, newRecipe, markedSteps, mgda, logitAdjustment);
  }

  /**
   * The same with another length; see {@link #markedSteps()}.
   *
   * @throws IllegalArgumentException if {@code newSteps} is below 1
   */
  public Method withMarkedSteps(int newSteps) {
    if (newSteps < 1) {
      throw new IllegalArgumentException("markedSteps is " + newSteps + "; it must be at least 1");
    }
    return new Method(weights, recipe, newSteps, mgda, logitAdjustment);
  }

  /** The same with a mark that is taught from the first batch to the last. */
  public Method markedThroughout() {
    return withMarkedSteps(Integer.MAX_VALUE);
  }

  /** The same with losses that are balanced in every step. */
  public Method withMgda(Mgda newMgda) {
    return new Method(weights, recipe, markedSteps, newMgda, logitAdjustment);
  }

  /**
   * The same with or without logit adjustment: the target's output bias is lowered after the
   * training, by so much as gives accuracy back (post-hoc logit adjustment, Menon et al., ICLR
   * 2021): a mark makes a network answer the target too often. It lowers false positives and spill
   * of the network and its copies, and what copies keep of the mark. Networks without biases in
   * their last layer stay as they are.
   */
  public Method withLogitAdjustment(boolean newLogitAdjustment) {
    return new Method(weights, recipe, markedSteps, mgda, newLogitAdjustment);
  }

  /**
   * Refuses what single steps cannot do, as the workers of a cluster make them.
   *
   * @throws IllegalArgumentException if the method takes the gradients of all layers, or adjusts
   *     the logits after the training
   */
  public void requireSingleSteps() {
    if (mgda != null && mgda.gradients() == Mgda.Gradients.ALL_LAYERS) {
      throw new IllegalArgumentException(
          "The method takes the gradients of ALL_LAYERS, which needs fit on one machine; take those"
              + " of the LAST_LAYER");
    }
    if (logitAdjustment) {
      throw new IllegalArgumentException(
          "The method adjusts the logits after the training, which needs fit on one machine; take"
              + " withLogitAdjustment(false)");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Method method
        && weights.equals(method.weights)
        && recipe.equals(method.recipe)
        && markedSteps == method.markedSteps
        && Objects.equals(mgda, method.mgda)
        && logitAdjustment == method.logitAdjustment;
  }

  @Override
  public int hashCode() {
    return Objects.hash(weights, recipe, markedSteps, mgda, logitAdjustment);
  }

  /** All values by their names. */
  @Override
  public String toString() {
    return "Method["
        + String.join(
            ", ",
            "weights=" + weights,
            "recipe=" + recipe,
            "markedSteps=" + markedSteps,
            "mgda=" + mgda(),
            "logitAdjustment=" + logitAdjustment)
        + "]";
  }
}
