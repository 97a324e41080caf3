package org.meadefender.audit;

import org.meadefender.verify.OwnershipVerdict;

/** What an attack came to. */
public enum Outcome {
  /** There was no attack. */
  UNATTACKED("not attacked"),
  /** Verification still says Owned. */
  SURVIVED("watermark survives"),
  /** Verification finds traces, and the model is still of use. */
  TRACES("traces left"),
  /** The model is of no use any more, or of less use and without its watermark. */
  RUINED("model ruined"),
  /** Verification finds nothing, and the model is still of use. */
  REMOVED("watermark lost"),
  /** A search found nothing. */
  UNDETECTED("nothing found"),
  /** A search pointed at something. */
  DETECTED("suspicion raised"),
  /** The attack ran on the plain model, for comparison. */
  CONTROL("comparison");

  /** A removal counts only if it costs less accuracy than this (attack papers' convention). */
  private static final double AFFORDABLE_LOSS = 0.05;

  /** A model below this share of its accuracy is of no use; what it answers proves nothing. */
  private static final double USELESS = 0.5;

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** What it came to for a model that had another accuracy before. */
  static Outcome of(MarkResult mark, double accuracyBefore) {
    if (mark.accuracy() < USELESS * accuracyBefore) {
      return RUINED;
    }
    if (mark.verdict().equals(OwnershipVerdict.Owned.class.getSimpleName())) {
      return SURVIVED;
    }
    if (accuracyBefore - mark.accuracy() >= AFFORDABLE_LOSS) {
      return RUINED;
    }
    return mark.verdict().equals(OwnershipVerdict.Traces.class.getSimpleName()) ? TRACES : REMOVED;
  }

  /** A short text for readers. */
  public String text() {
    return text;
  }
}
