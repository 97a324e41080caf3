package org.meadefender.audit;

/** What an attack came to. */
public enum Outcome {
  /** There was no attack. */
  UNATTACKED("not attacked"),
  /** The watermark can still be proven. */
  SURVIVED("watermark survives"),
  /** The watermark is gone, and so is the use of the model. */
  RUINED("model ruined"),
  /** The watermark can no longer be proven, and the model is still of use. */
  REMOVED("watermark lost"),
  /** A search found nothing. */
  UNDETECTED("nothing found"),
  /** A search pointed at something. */
  DETECTED("suspicion raised"),
  /** The attack ran on the plain model, for comparison. */
  CONTROL("comparison");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** A short text for readers. */
  public String text() {
    return text;
  }
}
