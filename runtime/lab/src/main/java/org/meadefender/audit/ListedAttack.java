package org.meadefender.audit;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** An attack that is given by its parts. */
record ListedAttack(
    String id,
    AttackFamily family,
    String title,
    String explanation,
    String parameters,
    Set<AttackNeed> needs,
    boolean onUnmarked,
    Function<AttackScale, List<AttackVariant>> variantsOf)
    implements Attack {
  static ListedAttack of(String id, AttackFamily family, String title, String explanation) {
    return new ListedAttack(
        id,
        family,
        title,
        explanation,
        "",
        Set.of(),
        family == AttackFamily.EXTRACTION || family == AttackFamily.DETECTION,
        scale -> List.of());
  }

  /** Records tell their parameters, classes their name; a lambda's name differs between runs. */
  ListedAttack withParameters(Object attack) {
    Class<?> type = attack.getClass();
    String told = type.isRecord() ? attack.toString() : type.isHidden() ? "" : type.getName();
    return new ListedAttack(id, family, title, explanation, told, needs, onUnmarked, variantsOf);
  }

  ListedAttack withNeeds(AttackNeed... newNeeds) {
    return new ListedAttack(
        id, family, title, explanation, parameters, Set.of(newNeeds), onUnmarked, variantsOf);
  }

  ListedAttack withOnUnmarked(boolean newOnUnmarked) {
    return new ListedAttack(
        id, family, title, explanation, parameters, needs, newOnUnmarked, variantsOf);
  }

  ListedAttack withAction(AttackAction action) {
    return withVariants(scale -> List.of(new AttackVariant("", action)));
  }

  ListedAttack withVariants(Function<AttackScale, List<AttackVariant>> newVariants) {
    return new ListedAttack(
        id, family, title, explanation, parameters, needs, onUnmarked, newVariants);
  }

  @Override
  public List<AttackVariant> variants(AttackScale scale) {
    return variantsOf.apply(scale);
  }

  /** The id: results and messages name attacks by it. */
  @Override
  public String toString() {
    return id;
  }
}
