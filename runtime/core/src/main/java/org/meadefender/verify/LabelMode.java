package org.meadefender.verify;

/** What a suspect's answers look like. */
public enum LabelMode {
  /** Class probabilities. */
  SOFT,
  /** The top class only. */
  HARD
}
