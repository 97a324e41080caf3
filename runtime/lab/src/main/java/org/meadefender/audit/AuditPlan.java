package org.meadefender.audit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an audit does.
 *
 * @param name a name for readers
 * @param scale how large each attack is
 * @param budgets smaller query budgets that are tried as well
 * @param prunings shares of the weights that are pruned, each above 0 and below 1
 * @param attacks the attacks that run, in the order of {@link Attack}
 */
public record AuditPlan(
    String name, Scale scale, List<Integer> budgets, List<Double> prunings, Set<Attack> attacks) {
  /** Copies the collections. */
  public AuditPlan {
    budgets = List.copyOf(budgets);
    prunings = List.copyOf(prunings);
    attacks = Set.copyOf(attacks);
  }

  /** The same with other sizes. */
  public AuditPlan withScale(Scale newScale) {
    return new AuditPlan(name + ", resized", newScale, budgets, prunings, attacks);
  }

  /** The same with other attacks. */
  public AuditPlan withAttacks(Attack first, Attack... others) {
    return new AuditPlan(
        name + ", chosen attacks", scale, budgets, prunings, EnumSet.of(first, others));
  }
}
