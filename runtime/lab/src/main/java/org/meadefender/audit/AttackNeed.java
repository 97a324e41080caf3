package org.meadefender.audit;

/** What an attack needs beside the model and samples of its task; without it, it is left out. */
public enum AttackNeed {
  /** Samples that are images {@code [n, C, H, W]}. */
  IMAGES,
  /** Another architecture ({@link RobustnessAudit#withOtherArchitecture}). */
  OTHER_ARCHITECTURE,
  /** Samples of another task ({@link RobustnessAudit#withOtherTask}). */
  OTHER_TASK
}
