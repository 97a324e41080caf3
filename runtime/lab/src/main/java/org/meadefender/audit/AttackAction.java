package org.meadefender.audit;

import org.meadefender.attack.AttackListener;

/** What an attack does. */
@FunctionalInterface
public interface AttackAction {
  /**
   * Attacks a model.
   *
   * @param context the model, what the attacker holds, and how large the attack may be
   * @param listener hears of each finished step
   * @return a model, which the audit measures, or what a search found
   */
  AttackResult run(AttackContext context, AttackListener listener);
}
