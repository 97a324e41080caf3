package org.meadefender.audit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How much an audit does. */
public enum Preset {
  /**
   * Five to six minutes for a small network on 2 cores: the attacks that matter most, made short.
   */
  QUICK,
  /** Meant for about an hour with a small network on 2 cores: all attacks. */
  STANDARD,
  /** All attacks at the scale of the paper: 50,000 queries. */
  PAPER;

  private static final Set<Attack> QUICK_ATTACKS =
      EnumSet.of(
          Attack.DISTILLATION,
          Attack.HARD_LABELS,
          Attack.JACOBIAN,
          Attack.KNOCKOFF,
          Attack.FINE_TUNING_LAST,
          Attack.FINE_TUNING_ALL,
          Attack.RETRAINING_ALL,
          Attack.MIXED_SAMPLES,
          Attack.PRUNING,
          Attack.INT8,
          Attack.BFLOAT16,
          Attack.STOLEN_THEN_TUNED,
          Attack.PREPROCESSING,
          Attack.OUTLIER_FILTER,
          Attack.NEURAL_CLEANSE,
          Attack.PROBING);

  /** What an audit does with this preset. */
  public AuditPlan plan() {
    return switch (this) {
      case QUICK ->
          new AuditPlan(
              "quick",
              new Scale(4_000, 6, 2_000, 3, 1_000, 50),
              List.of(),
              List.of(0.3, 0.6, 0.9),
              QUICK_ATTACKS);
      case STANDARD ->
          new AuditPlan(
              "standard",
              new Scale(20_000, 12, 5_000, 5, 1_000, 300),
              List.of(2_500, 5_000, 10_000),
              List.of(0.2, 0.4, 0.6, 0.8, 0.9),
              EnumSet.allOf(Attack.class));
      case PAPER ->
          new AuditPlan(
              "paper",
              new Scale(50_000, 60, 10_000, 5, 1_000, 1_000),
              List.of(10_000, 20_000, 30_000, 40_000),
              List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
              EnumSet.allOf(Attack.class));
    };
  }
}
