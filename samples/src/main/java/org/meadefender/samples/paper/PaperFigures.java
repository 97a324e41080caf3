package org.meadefender.samples.paper;

import java.util.Map;
import java.util.Set;

/** What the paper reports, in percent, for the rows that an audit can be laid beside. */
final class PaperFigures {
  private static final String UNKNOWN = "–";

  private static final Map<String, String> FASHION_MNIST =
      Map.of(
          "none", "89.77 / 100 (Table I)",
          "distillation", "89.46 / 70.75 (Table I)",
          "jacobian", "89.39 / 82.30 (Table I; its code samples at random)",
          "knockoff", "89.57 / 85.50 (Table I)",
          "hard-labels", "does not survive (stated limitation)");

  private static final Map<String, String> CIFAR10 =
      Map.ofEntries(
          Map.entry("none", "81.82 / 100 (Table I)"),
          Map.entry("distillation", "81.18 / 84.40 (Table I)"),
          Map.entry("jacobian", "81.47 / 97.50 (Table I; its code samples at random)"),
          Map.entry("knockoff", "81.70 / 97.93 (Table I)"),
          Map.entry("other-architecture", "WSR 75.15 (Table II, VGG-like → ResNet18)"),
          Map.entry("query-budget", "WSR 55.55 (10,000) to 79.10 (50,000) (Figure 2)"),
          Map.entry("fine-tuning-all", "WSR 70 or more"),
          Map.entry("mixed-samples", "WSR 68.15 (V-E)"),
          Map.entry("pruning", "WSR 63.9 (80 % pruned)"),
          Map.entry("transfer", "WSR 67.5"),
          Map.entry("preprocessing", "WSR 97 (noise)"),
          Map.entry("hard-labels", "does not survive (stated limitation)"),
          Map.entry("neural-cleanse", "anomaly index below 2"),
          Map.entry("abs", "reversed triggers succeed on 36.6 or less"),
          Map.entry("outlier-filter", "2.9 detected"));

  private PaperFigures() {}

  /** The ids of attacks that the paper has figures of. */
  static Set<String> attacks() {
    return CIFAR10.keySet();
  }

  /**
   * The paper's figure for an attack on one of its data sets; a dash if there is none.
   *
   * @param attack its id
   */
  static String of(String attack, boolean colour) {
    return (colour ? CIFAR10 : FASHION_MNIST).getOrDefault(attack, UNKNOWN);
  }
}
