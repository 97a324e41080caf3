package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meadefender.reference.PanelCache;
import org.meadefender.suspect.SuspectModel;

/**
 * How thoroughly to verify.
 *
 * <pre>{@code
 * VerificationOptions options =
 *     VerificationOptions.DEFAULT
 *         .withQueryBudget(20_000)
 *         .withReferenceModel(SuspectModel.of(unmarked));
 * OwnershipVerdict verdict =
 *     OwnershipVerifier.of(specs, key).withOptions(options).verify(suspect, heldOut);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class VerificationOptions {
  /** 1,000 rows, batches of 256, alpha 1e-6, a panel kept in the standard cache, no budget. */
  public static final VerificationOptions DEFAULT =
      new VerificationOptions(
          1000,
          256,
          1e-6,
          1e-4,
          0.3,
          Integer.MAX_VALUE,
          List.of(),
          Optional.of(PanelCache.standard()));

  private final int rows;
  private final int batch;
  private final double alpha;
  private final double modelAlpha;
  private final double nullCeiling;
  private final int queryBudget;
  private final List<SuspectModel> referenceModels;
  private final Optional<PanelCache> panel;

  private VerificationOptions(
      int rows,
      int batch,
      double alpha,
      double modelAlpha,
      double nullCeiling,
      int queryBudget,
      List<SuspectModel> referenceModels,
      Optional<PanelCache> panel) {
    require(alpha > 0 && alpha <= 0.05, "alpha", alpha, "above 0 and at most 0.05");
    require(
        modelAlpha > 0 && modelAlpha <= 0.05, "modelAlpha", modelAlpha, "above 0, at most 0.05");
    require(batch >= 1, "batch", batch, "at least 1");
    require(nullCeiling > 0 && nullCeiling < 1, "nullCeiling", nullCeiling, "between 0 and 1");
    require(queryBudget >= 1, "queryBudget", queryBudget, "at least 1");
    int least = MarkPlan.leastRows(alpha / 2);
    require(
        rows >= least,
        "rows",
        rows,
        "at least " + least + ", with which a verdict can be reached at alpha " + alpha);
    this.rows = rows;
    this.batch = batch;
    this.alpha = alpha;
    this.modelAlpha = modelAlpha;
    this.nullCeiling = nullCeiling;
    this.queryBudget = queryBudget;
    this.referenceModels = List.copyOf(referenceModels);
    this.panel = panel;
  }

  /** Watermark rows per mark; fewer are used if there are fewer pairs. */
  public int rows() {
    return rows;
  }

  /** Rows per question. */
  public int batch() {
    return batch;
  }

  /** Largest p-value, over both bases, that shows ownership. */
  public double alpha() {
    return alpha;
  }

  /**
   * Chance that one more unrelated model is above the panel's bound: the level at which models are
   * compared, beside {@link #alpha} for rows.
   */
  public double modelAlpha() {
    return modelAlpha;
  }

  /** Least null rate where there is no panel; the paper calls 30 % the threshold. */
  public double nullCeiling() {
    return nullCeiling;
  }

  /** Most rows that may be sent to the suspect; row numbers shrink to fit. */
  public int queryBudget() {
    return queryBudget;
  }

  /** Unrelated models for the same classes, which join the panel. */
  public List<SuspectModel> referenceModels() {
    return referenceModels;
  }

  /** Where trained reference networks are kept; empty where none are to be trained. */
  public Optional<PanelCache> panel() {
    return panel;
  }

  /**
   * The same with another number of watermark rows.
   *
   * @throws IllegalArgumentException if no verdict can be reached with so few
   */
  public VerificationOptions withRows(int newRows) {
    return new VerificationOptions(
        newRows, batch, alpha, modelAlpha, nullCeiling, queryBudget, referenceModels, panel);
  }

  /** The same with another batch size, at least 1. */
  public VerificationOptions withBatch(int newBatch) {
    return new VerificationOptions(
        rows, newBatch, alpha, modelAlpha, nullCeiling, queryBudget, referenceModels, panel);
  }

  /** The same with another alpha, above 0 and at most 0.05. */
  public VerificationOptions withAlpha(double newAlpha) {
    return new VerificationOptions(
        rows, batch, newAlpha, modelAlpha, nullCeiling, queryBudget, referenceModels, panel);
  }

  /** The same with another level between models, above 0 and at most 0.05. */
  public VerificationOptions withModelAlpha(double newAlpha) {
    return new VerificationOptions(
        rows, batch, alpha, newAlpha, nullCeiling, queryBudget, referenceModels, panel);
  }

  /** The same with another ceiling, between 0 and 1. */
  public VerificationOptions withNullCeiling(double newCeiling) {
    return new VerificationOptions(
        rows, batch, alpha, modelAlpha, newCeiling, queryBudget, referenceModels, panel);
  }

  /** The same with a limit on the rows sent to the suspect, at least 1. */
  public VerificationOptions withQueryBudget(int newBudget) {
    return new VerificationOptions(
        rows, batch, alpha, modelAlpha, nullCeiling, newBudget, referenceModels, panel);
  }

  /** The same with one more unrelated model, for instance one that a checker brings. */
  public VerificationOptions withReferenceModel(SuspectModel model) {
    List<SuspectModel> all = new ArrayList<>(referenceModels);
    all.add(model);
    return new VerificationOptions(
        rows, batch, alpha, modelAlpha, nullCeiling, queryBudget, all, panel);
  }

  /** The same with reference networks kept elsewhere. */
  public VerificationOptions withPanel(PanelCache cache) {
    return new VerificationOptions(
        rows,
        batch,
        alpha,
        modelAlpha,
        nullCeiling,
        queryBudget,
        referenceModels,
        Optional.of(cache));
  }

  /**
   * The same without training reference networks. Without eight reference models in their place no
   * verdict says Owned, for nothing then shows what unrelated models answer.
   */
  public VerificationOptions withoutPanel() {
    return new VerificationOptions(
        rows,
        batch,
        alpha,
        modelAlpha,
        nullCeiling,
        queryBudget,
        referenceModels,
        Optional.empty());
  }

  private static void require(boolean valid, String name, Object value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }
}
