package org.meadefender.audit;

/** What an attack came to. */
public enum Outcome {
  /** There was no attack. */
  UNATTACKED("not attacked"),
  /** The watermark can still be proven. */
  SURVIVED("watermark survives"),
  /** The model is of no use any more, or of less use and without its watermark. */
  RUINED("model ruined"),
  /** The watermark can no longer be proven, and the model is still of use. */
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
    if (mark.proven()) {
      return SURVIVED;
    }
    return accuracyBefore - mark.accuracy() < AFFORDABLE_LOSS ? REMOVED : RUINED;
  }

  /** A short text for readers. */
  public String text() {
    return text;
  }
}
