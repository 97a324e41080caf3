package org.meadefender.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One variant of an attack on one of the models.
 *
 * @param attack the attack
 * @param variant its parameters
 * @param subject the attacked model
 */
record AuditStep(Attack attack, AttackVariant variant, AuditEntry.Subject subject) {
  /**
   * What a plan comes to.
   *
   * @param withUnmarked whether there is an unmarked model
   * @throws IllegalArgumentException if two variants of an attack have the same name, or an attack
   *     has none
   */
  static List<AuditStep> of(AuditPlan plan, AttackContext context, boolean withUnmarked) {
    List<Attack> attacks = new ArrayList<>(List.of(Attacks.NONE));
    attacks.addAll(plan.attacks());
    List<AuditStep> steps = new ArrayList<>();
    for (Attack attack : attacks) {
      if (context.has(attack.needs())) {
        steps.addAll(of(attack, plan.scale(), withUnmarked));
      }
    }
    Set<String> ids = new HashSet<>();
    for (AuditStep step : steps) {
      if (!ids.add(step.id())) {
        throw new IllegalArgumentException(
            "The plan has two steps with the id " + step.id() + "; rename a variant or an attack");
      }
    }
    return steps;
  }

  private static List<AuditStep> of(Attack attack, AttackScale scale, boolean withUnmarked) {
    List<AttackVariant> variants = attack.variants(scale);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException(
          "The attack " + attack.id() + " has no variant; it must have at least one");
    }
    List<AuditStep> steps = new ArrayList<>();
    for (AttackVariant variant : variants) {
      steps.add(new AuditStep(attack, variant, AuditEntry.Subject.PROTECTED));
      if (withUnmarked && attack.onUnmarked()) {
        steps.add(new AuditStep(attack, variant, AuditEntry.Subject.UNMARKED));
      }
    }
    return steps;
  }

  /** Unique name within the audit. */
  String id() {
    String variantName = variant.name().isEmpty() ? "" : "-" + variant.name();
    return (attack.id() + variantName + "-" + subject)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9.]+", "-");
  }

  /** A name for readers. */
  String title() {
    String name = variant.name();
    return attack.title()
        + (name.isEmpty() ? "" : ", " + name)
        + (subject == AuditEntry.Subject.UNMARKED ? " (unmarked model)" : "");
  }
}
