package org.meadefender.audit;

import java.util.List;
import java.util.Set;
import org.meadefender.attack.detection.DetectionAttack;
import org.meadefender.attack.detection.Preprocessing;
import org.meadefender.attack.extraction.AnswerDetail;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.removal.RemovalAttack;

/**
 * An attack that an audit can run: one of {@link Attacks}, or anybody's own.
 *
 * <p>An attack of one of the families is made by {@link #extraction}, {@link #removal}, {@link
 * #evasion} or {@link #detection} and added by {@link AuditPlan#with}:
 *
 * <pre>{@code
 * Attack mine = Attack.removal("clipping", "weight clipping", "Large weights are cut.", clipping);
 * audit.withPlan(Preset.QUICK.plan().with(mine)).run(directory);
 * }</pre>
 *
 * <p>An attack whose class stands in {@code META-INF/services/org.meadefender.audit.Attack} and has
 * a public constructor without parameters is found by its id ({@link Attacks#named}, option {@code
 * --attack} of the command line).
 */
public interface Attack {
  /**
   * Name in results and on the command line: lower-case letters, digits and hyphens, beginning with
   * a letter or digit; unique among the attacks of a plan.
   */
  String id();

  /** What the attacker wants; not {@link AttackFamily#NONE}. */
  AttackFamily family();

  /** A short name for readers. */
  String title();

  /** What happens, one sentence for readers who never heard of it. */
  String explanation();

  /**
   * What distinguishes this attack from others of the same id, beside variant and {@link
   * AttackScale}. Saved results of other parameters are not gone on with.
   */
  default String parameters() {
    return "";
  }

  /** What it needs; where that is missing, an audit leaves the attack out. */
  default Set<AttackNeed> needs() {
    return Set.of();
  }

  /** Whether it also runs on the unmarked model of an audit that has one. */
  default boolean onUnmarked() {
    return family() == AttackFamily.EXTRACTION || family() == AttackFamily.DETECTION;
  }

  /**
   * What is run, one after the other.
   *
   * @param scale how large attacks are
   * @return at least one
   */
  List<AttackVariant> variants(AttackScale scale);

  /**
   * An attack of one variant.
   *
   * @param needs what the attack needs
   */
  static Attack of(
      String id,
      AttackFamily family,
      String title,
      String explanation,
      AttackAction action,
      AttackNeed... needs) {
    return ListedAttack.of(id, family, title, explanation).withNeeds(needs).withAction(action);
  }

  /**
   * A copy is made by asking a model that tells all probabilities.
   *
   * @param attack gets a black box that answers {@link AttackScale#queries} samples, and makes a
   *     network of the victim's architecture
   */
  static Attack extraction(String id, String title, String explanation, ExtractionAttack attack) {
    return extraction(id, title, explanation, attack, AnswerDetail.probabilities());
  }

  /** The same with a model that tells only so much. */
  static Attack extraction(
      String id, String title, String explanation, ExtractionAttack attack, AnswerDetail answers) {
    return ListedAttack.of(id, AttackFamily.EXTRACTION, title, explanation)
        .withParameters(attack)
        .withAction(
            (context, listener) ->
                ExtractionAttacks.steal(
                    context,
                    attack,
                    context.blackBox().withAnswers(answers),
                    context.architecture(),
                    listener));
  }

  /**
   * The network is changed so that it forgets its watermark.
   *
   * @param attack gets the network and {@link AttackScale#removalRows} of the thief's samples
   */
  static Attack removal(String id, String title, String explanation, RemovalAttack attack) {
    return ListedAttack.of(id, AttackFamily.REMOVAL, title, explanation)
        .withParameters(attack)
        .withAction((context, listener) -> RemovalAttacks.remove(context, attack, listener));
  }

  /** Each input is changed before the model sees it; of images only. */
  static Attack evasion(String id, String title, String explanation, Preprocessing change) {
    return ListedAttack.of(id, AttackFamily.EVASION, title, explanation)
        .withParameters(change)
        .withNeeds(AttackNeed.IMAGES)
        .withAction((context, listener) -> SearchAttacks.preprocess(context, change));
  }

  /**
   * The watermark is searched for.
   *
   * @param attack gets the network and the held-out samples
   */
  static Attack detection(String id, String title, String explanation, DetectionAttack<?> attack) {
    return ListedAttack.of(id, AttackFamily.DETECTION, title, explanation)
        .withParameters(attack)
        .withAction(
            (context, listener) ->
                AttackResult.search(
                    attack.detect(context.network(), context.test(), context.seed(), listener)));
  }
}
