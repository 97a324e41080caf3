package org.meadefender.samples.robustness;

import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.extraction.AnswerDetail;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.extraction.JacobianAugmentation;
import org.meadefender.attack.extraction.Knockoff;
import org.meadefender.attack.removal.FinePruning;
import org.meadefender.attack.removal.FineTuning;
import org.meadefender.attack.removal.RemovalAttack;
import org.meadefender.attack.removal.Wrk;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AttackContext;
import org.meadefender.audit.AttackFamily;
import org.meadefender.audit.AttackNeed;
import org.meadefender.audit.AttackResult;
import org.meadefender.audit.Attacks;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A thief of an experiment.
 *
 * @param name in settings and results
 * @param source whose network is attacked: {@link #VICTIM}, or another thief's name
 * @param attack one of {@link Attacks}, or one of this program's own
 */
record Thief(String name, String source, Attack attack) {
  /** The owner's network itself: a stolen file. */
  static final String VICTIM = "VICTIM";

  /**
   * A network trained as the owner's, without the mark: what it costs, and what must not be Owned.
   */
  static final String UNMARKED = "UNMARKED";

  /** Distillation at temperature 1, whose copy others go on with. */
  private static final String T1 = "T1";

  private static final int TUNING_EPOCHS = 5;
  private static final double SLOW_RATE = 1e-4;
  private static final double PRUNED_SHARE = 0.6;
  private static final String OF_VICTIM = VICTIM + "_";

  /**
   * The thief of a name: {@code T7} and {@code T1} distil at that temperature, {@code OTHER} into a
   * residual network; {@code FTAL}, {@code FTAL_SLOW}, {@code FINE_PRUNING}, {@code WRK} and {@code
   * PRUNING} change the copy of T1, and with {@code VICTIM_} before them the owner's network; other
   * names are ids of {@link Attacks#named}, on the owner's network.
   *
   * @param epochs of a copy's training
   * @throws IllegalArgumentException if there is none
   */
  static Thief named(String name, int epochs) {
    if (name.equals(VICTIM) || name.equals(UNMARKED)) {
      return new Thief(name, name, Attacks.NONE);
    }
    Map<String, Attack> removals = removals();
    if (removals.containsKey(name)) {
      return new Thief(name, T1, removals.get(name));
    }
    String afterVictim = name.startsWith(OF_VICTIM) ? name.substring(OF_VICTIM.length()) : "";
    if (removals.containsKey(afterVictim)) {
      return new Thief(name, VICTIM, removals.get(afterVictim));
    }
    Attack own = extractions(epochs).get(name);
    return new Thief(name, VICTIM, own == null ? builtIn(name) : own);
  }

  private static Attack builtIn(String name) {
    Attack attack = Attacks.named(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (attack.family() != AttackFamily.EXTRACTION && attack.family() != AttackFamily.REMOVAL) {
      throw new IllegalArgumentException(
          "The attack " + name + " leaves no network; thieves are extractions and removals");
    }
    return attack;
  }

  private static Map<String, Attack> extractions(int epochs) {
    Distillation distillation = Distillation.of(epochs).withTemperature(1);
    JacobianAugmentation jacobian = JacobianAugmentation.standard();
    return Map.of(
        "T7",
        Attacks.DISTILLATION,
        T1,
        extraction("t1", "distillation at temperature 1", distillation),
        "HARD",
        Attacks.HARD_LABELS,
        "OTHER",
        Attack.of(
            "other",
            AttackFamily.EXTRACTION,
            "distillation at temperature 1 into a residual network",
            "The copy is built differently.",
            (context, listener) ->
                AttackResult.model(
                    distillation.steal(
                        context.blackBox(),
                        context.thief(),
                        context.otherArchitecture(),
                        context.seed(),
                        listener)),
            AttackNeed.OTHER_ARCHITECTURE),
        "KNOCKOFF",
        extraction("knockoff-sgd", "knockoff, published optimiser", Knockoff.of(epochs)),
        "JACOBIAN",
        extraction("jacobian-150", "Jacobian augmentation of 150 samples", jacobian),
        "JACOBIAN_HARD",
        Attack.extraction(
            "jacobian-150-hard",
            "Jacobian augmentation of 150 samples, hard labels",
            "A few samples are moved and asked about again.",
            jacobian.withHardLabels(),
            AnswerDetail.topClass()));
  }

  private static Attack extraction(String id, String title, ExtractionAttack attack) {
    return Attack.extraction(id, title, "A copy learns the model's probabilities.", attack);
  }

  private static Map<String, Attack> removals() {
    return Map.of(
        "FTAL",
        removal("ftal", "fine-tuning, all layers", FineTuning.allOfThem()),
        "FTAL_SLOW",
        removal(
            "ftal-slow",
            "slow fine-tuning, all layers",
            FineTuning.allOfThem()
                .withFit(FitSettings.adam(TUNING_EPOCHS).withUpdater(new Adam(SLOW_RATE)))),
        "FINE_PRUNING",
        removal("fine-pruning-half", "fine-pruning", FinePruning.standard()),
        "WRK",
        Attack.of(
            "wrk-of-all",
            AttackFamily.REMOVAL,
            "WRK on a share of all samples",
            "Its last layer is pushed away from the old one.",
            (context, listener) ->
                AttackResult.model(
                    Wrk.standard()
                        .remove(context.network(), context.thief(), context.seed(), listener))),
        "PRUNING",
        Attacks.pruning(PRUNED_SHARE));
  }

  private static Attack removal(String id, String title, RemovalAttack attack) {
    return Attack.removal(id, title, "The network trains on.", attack);
  }

  /**
   * The network that the attack leaves.
   *
   * @throws IllegalStateException if it leaves none, or has several variants
   */
  Model run(AttackContext context) {
    var variants = attack.variants(context.scale());
    if (variants.size() != 1) {
      throw new IllegalStateException(
          "The attack " + name + " has " + variants.size() + " variants; a thief has one");
    }
    return variants
        .get(0)
        .action()
        .run(context, AttackListener.NONE)
        .network()
        .orElseThrow(() -> new IllegalStateException("The attack " + name + " left no network"));
  }
}
