package org.meadefender.audit;

import java.util.Locale;
import org.meadefender.attack.AttackListener;

/**
 * One attack with its parameters.
 *
 * @param attack the attack
 * @param variant its parameters for readers; may be empty
 * @param onControl whether it also runs on the plain model
 * @param action the attack itself
 */
record AuditStep(Attack attack, String variant, boolean onControl, Action action) {
  /** An attack and its measurement. */
  @FunctionalInterface
  interface Action {
    StepResult run(AuditContext context, AttackListener listener);
  }

  String id(AuditEntry.Subject subject) {
    String name = attack.name() + (variant.isEmpty() ? "" : "-" + variant) + "-" + subject;
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }
}
