package org.meadefender.verify;

/** Which part of a suspect's answers a verdict rests on. */
public enum Basis {
  /** The class with the highest probability. */
  TOP_CLASS("the top class"),
  /** The target's log-probability, where the suspect gives probabilities. */
  PROBABILITIES("probabilities");

  private final String words;

  Basis(String words) {
    this.words = words;
  }

  /** In words, as in a report. */
  @Override
  public String toString() {
    return words;
  }
}
