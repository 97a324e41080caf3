package org.meadefender.samples.paper;

import java.util.EnumMap;
import java.util.Map;
import org.meadefender.audit.Attack;

/** What the paper reports, in percent, for the rows that an audit can be laid beside. */
final class PaperFigures {
  private static final String UNKNOWN = "–";

  private static final Map<Attack, String> FASHION_MNIST =
      new EnumMap<>(
          Map.of(
              Attack.NONE, "89.77 / 100 (Table I)",
              Attack.DISTILLATION, "89.46 / 70.75 (Table I)",
              Attack.JACOBIAN, "89.39 / 82.30 (Table I; its code samples at random)",
              Attack.KNOCKOFF, "89.57 / 85.50 (Table I)",
              Attack.HARD_LABELS, "does not survive (stated limitation)"));

  private static final Map<Attack, String> CIFAR10 =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Attack.NONE, "81.82 / 100 (Table I)"),
              Map.entry(Attack.DISTILLATION, "81.18 / 84.40 (Table I)"),
              Map.entry(Attack.JACOBIAN, "81.47 / 97.50 (Table I; its code samples at random)"),
              Map.entry(Attack.KNOCKOFF, "81.70 / 97.93 (Table I)"),
              Map.entry(Attack.OTHER_ARCHITECTURE, "WSR 75.15 (Table II, VGG-like → ResNet18)"),
              Map.entry(Attack.QUERY_BUDGET, "WSR 55.55 (10,000) to 79.10 (50,000) (Figure 2)"),
              Map.entry(Attack.FINE_TUNING_ALL, "WSR 70 or more"),
              Map.entry(Attack.MIXED_SAMPLES, "WSR 68.15 (V-E)"),
              Map.entry(Attack.PRUNING, "WSR 63.9 (80 % pruned)"),
              Map.entry(Attack.TRANSFER, "WSR 67.5"),
              Map.entry(Attack.PREPROCESSING, "WSR 97 (noise)"),
              Map.entry(Attack.HARD_LABELS, "does not survive (stated limitation)"),
              Map.entry(Attack.NEURAL_CLEANSE, "anomaly index below 2"),
              Map.entry(Attack.ABS, "reversed triggers succeed on 36.6 or less"),
              Map.entry(Attack.OUTLIER_FILTER, "2.9 detected")));

  private PaperFigures() {}

  /** The paper's figure for an attack on one of its data sets; a dash if there is none. */
  static String of(Attack attack, boolean colour) {
    return (colour ? CIFAR10 : FASHION_MNIST).getOrDefault(attack, UNKNOWN);
  }
}
