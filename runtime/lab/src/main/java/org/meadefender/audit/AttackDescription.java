package org.meadefender.audit;

/**
 * What results say about their attack, so that they can be read without it.
 *
 * @param id unique name, see {@link Attack#id}
 * @param family what the attacker wants
 * @param title a short name for readers
 * @param explanation what happens, one sentence
 * @param parameters see {@link Attack#parameters}
 */
public record AttackDescription(
    String id, AttackFamily family, String title, String explanation, String parameters) {
  /** What an attack says about itself. */
  static AttackDescription of(Attack attack) {
    return new AttackDescription(
        attack.id(), attack.family(), attack.title(), attack.explanation(), attack.parameters());
  }
}
