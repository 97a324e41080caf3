package org.meadefender.audit;

/** What an attacker wants. */
public enum AttackFamily {
  /** Nothing: the model as it is. */
  NONE,
  /** A copy of the model, by asking it. */
  EXTRACTION,
  /** A network without the watermark, with full access to the marked one. */
  REMOVAL,
  /** Answers that hide the watermark. */
  EVASION,
  /** Knowledge of the watermark. */
  DETECTION
}
