package org.meadefender.audit;

import java.util.List;

/** How much an audit does. */
public enum Preset {
  /** Minutes for a small network on 2 cores: the attacks that matter most, made short. */
  QUICK,
  /** Meant for about an hour with a small network on 2 cores: all built-in attacks. */
  STANDARD,
  /** All built-in attacks at the scale of the paper: 50,000 queries. */
  PAPER;

  /** What an audit does with this preset. */
  public AuditPlan plan() {
    return switch (this) {
      case QUICK ->
          new AuditPlan(
              "quick",
              new AttackScale(4_000, 6, 2_000, 3, 1_000, 50),
              List.of(
                  Attacks.DISTILLATION,
                  Attacks.HARD_LABELS,
                  Attacks.JACOBIAN,
                  Attacks.KNOCKOFF,
                  Attacks.FINE_TUNING_LAST,
                  Attacks.FINE_TUNING_ALL,
                  Attacks.RETRAINING_ALL,
                  Attacks.MIXED_SAMPLES,
                  Attacks.pruning(0.3, 0.6, 0.9),
                  Attacks.INT8,
                  Attacks.BFLOAT16,
                  Attacks.STOLEN_THEN_TUNED,
                  Attacks.TRIPLE_CLEANING,
                  Attacks.PREPROCESSING,
                  Attacks.OUTLIER_FILTER,
                  Attacks.NEURAL_CLEANSE,
                  Attacks.PROBING,
                  Attacks.ANSWER_PROFILE));
      case STANDARD ->
          new AuditPlan(
              "standard", new AttackScale(20_000, 12, 5_000, 5, 1_000, 300), Attacks.all());
      case PAPER ->
          new AuditPlan(
              "paper",
              new AttackScale(50_000, 60, 10_000, 5, 1_000, 1_000),
              Attacks.all(
                  new int[] {10_000, 20_000, 30_000, 40_000},
                  new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}));
    };
  }
}
