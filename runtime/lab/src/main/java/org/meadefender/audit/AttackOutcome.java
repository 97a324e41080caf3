package org.meadefender.audit;

import org.meadefender.verify.OwnershipVerdict;

/** What an attack came to. */
public enum AttackOutcome {
  /** There was no attack. */
  UNATTACKED("not attacked"),
  /** Verification still says Owned. */
  SURVIVED("watermark survives"),
  /** Verification finds traces, and the model is still of use. */
  TRACES("traces left"),
  /** The model is of no use any more, or of less use and without its watermodel. */
  RUINED("model ruined"),
  /** Verification finds nothing, and the model is still of use. */
  REMOVED("watermark lost"),
  /** A search found nothing. */
  UNDETECTED("nothing found"),
  /** A search pointed at something. */
  DETECTED("suspicion raised"),
  /** The attack ran on the unmarked model, for comparison. */
  UNMARKED("comparison");

  /** A removal counts only if it costs less accuracy than this (attack papers' convention). */
  private static final double AFFORDABLE_LOSS = 0.05;

  /** A model below this share of its accuracy is of no use; what it answers proves nothing. */
  private static final double USELESS = 0.5;

  private final String text;

  AttackOutcome(String text) {
    this.text = text;
  }

  /** What it came to for a model that had another accuracy before. */
  static AttackOutcome of(ModelFigures model, double accuracyBefore) {
    if (model.accuracy() < USELESS * accuracyBefore) {
      return RUINED;
    }
    if (model.verdict().equals(OwnershipVerdict.Owned.class.getSimpleName())) {
      return SURVIVED;
    }
    if (accuracyBefore - model.accuracy() >= AFFORDABLE_LOSS) {
      return RUINED;
    }
    return model.verdict().equals(OwnershipVerdict.Traces.class.getSimpleName()) ? TRACES : REMOVED;
  }

  /** A short text for readers. */
  public String text() {
    return text;
  }
}
