package org.meadefender.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an audit does.
 *
 * @param name a name for readers
 * @param scale how large each attack is
 * @param attacks the attacks in the order in which they run, after the model itself was measured;
 *     no two with the same id
 */
public record AuditPlan(String name, AttackScale scale, List<Attack> attacks) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /**
   * Copies and checks the list.
   *
   * @throws IllegalArgumentException if an id is no id or twice, or an attack is of the family
   *     {@link AttackFamily#NONE}
   */
  public AuditPlan {
    attacks = List.copyOf(attacks);
    Set<String> ids = new HashSet<>();
    for (Attack attack : attacks) {
      requireId(attack);
      if (attack.family() == AttackFamily.NONE) {
        throw new IllegalArgumentException(
            "The attack "
                + attack.id()
                + " has the family NONE; every audit measures the model as it is by itself");
      }
      if (!ids.add(attack.id())) {
        throw new IllegalArgumentException(
            "Two attacks have the id " + attack.id() + "; give one of them another");
      }
    }
  }

  private static void requireId(Attack attack) {
    if (!ID.matcher(attack.id()).matches()) {
      throw new IllegalArgumentException(
          "The id of "
              + attack.getClass().getName()
              + " is \""
              + attack.id()
              + "\"; it must be lower-case letters, digits and hyphens, beginning with a letter or"
              + " digit");
    }
  }

  /** The same with other sizes. */
  public AuditPlan withScale(AttackScale newScale) {
    return new AuditPlan(name + ", resized", newScale, attacks);
  }

  /** The same with one more attack at the end; one with the same id is left out for it. */
  public AuditPlan with(Attack attack) {
    List<Attack> more = new ArrayList<>(attacks);
    more.removeIf(each -> each.id().equals(attack.id()));
    more.add(attack);
    return new AuditPlan(name + ", with " + attack.id(), scale, more);
  }

  /** The same with these attacks only. */
  public AuditPlan withAttacks(Attack first, Attack... others) {
    List<Attack> chosen = new ArrayList<>(List.of(first));
    chosen.addAll(List.of(others));
    return new AuditPlan(name + ", chosen attacks", scale, chosen);
  }
}
