package org.meadefender.audit;

import org.jspecify.annotations.Nullable;

/**
 * An attack with its parameters.
 *
 * @param name the parameters for readers, for instance {@code 30 %}; empty for an attack that has
 *     one variant only, else unique within the attack
 * @param curve where the result stands on a curve; null without
 * @param action the attack itself
 */
public record AttackVariant(String name, @Nullable CurvePoint curve, AttackAction action) {
  /** A variant that stands on no curve. */
  public AttackVariant(String name, AttackAction action) {
    this(name, null, action);
  }
}
