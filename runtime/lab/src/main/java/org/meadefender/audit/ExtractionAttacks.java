package org.meadefender.audit;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.extraction.AdaptiveKnockoff;
import org.meadefender.attack.extraction.AnswerDetail;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.extraction.HardLabelRetraining;
import org.meadefender.attack.extraction.JacobianAugmentation;
import org.meadefender.attack.extraction.Knockoff;

/** Makes the built-in extraction attacks. */
final class ExtractionAttacks {
  private static final int TOP = 3;
  private static final int[] DIGITS = {1, 2};

  /** Samples per Jacobian round start: the set must reach the budget by doubling. */
  private static final int JACOBIAN_ROUNDS = 6;

  private ExtractionAttacks() {}

  /** Makes an attack for some epochs. */
  @FunctionalInterface
  private interface OfEpochs {
    ExtractionAttack of(int epochs);
  }

  static Attack distillation() {
    return attack("distillation", "distillation", "A copy learns the model's probabilities.")
        .withVariants(
            scale ->
                List.of(new AttackVariant("", asked(scale.queries()), ExtractionAttacks::distil)));
  }

  static Attack distillationWithLabels() {
    return attack(
            "distillation-with-labels",
            "distillation with labels",
            "The thief also knows true labels.")
        .withAction(stealing(Distillation::withTrueLabels));
  }

  static Attack otherArchitecture() {
    return attack(
            "other-architecture",
            "distillation into another network",
            "The copy is built differently.")
        .withNeeds(AttackNeed.OTHER_ARCHITECTURE)
        .withAction(
            (context, listener) ->
                steal(
                    context,
                    Distillation.of(context.scale().epochs()),
                    context.blackBox(),
                    context.otherArchitecture(),
                    listener));
  }

  static Attack queryBudgets(int... budgets) {
    return attack("query-budget", "distillation with fewer queries", "The thief asks less often.")
        .withOnUnmarked(false)
        .withVariants(
            scale -> IntStream.of(budgets).mapToObj(ExtractionAttacks::ofBudget).toList());
  }

  private static AttackVariant ofBudget(int budget) {
    return new AttackVariant(
        budget + " queries",
        asked(budget),
        (context, listener) ->
            steal(
                context,
                Distillation.of(context.scale().epochs()),
                context.blackBox().withBudget(budget),
                context.architecture(),
                listener));
  }

  static Attack rounded() {
    return attack("rounded", "rounded answers", "The model tells probabilities of few digits.")
        .withVariants(
            scale ->
                IntStream.of(DIGITS)
                    .mapToObj(
                        digits ->
                            new AttackVariant(
                                digits + " digits",
                                stealing(Distillation::of, AnswerDetail.rounded(digits))))
                    .toList());
  }

  static Attack topThree() {
    return attack("top-three", "top three answers", "The model tells its three likeliest classes.")
        .withAction(stealing(Distillation::of, AnswerDetail.top(TOP)));
  }

  static Attack hardLabels() {
    return attack("hard-labels", "hard labels", "The model tells its top class only.")
        .withAction(stealing(HardLabelRetraining::of, AnswerDetail.topClass()));
  }

  static Attack jacobian() {
    return attack(
            "jacobian", "Jacobian augmentation", "A few samples are moved and asked about again.")
        .withAction(
            (context, listener) ->
                steal(
                    context,
                    jacobian(context.scale()),
                    context.blackBox(),
                    context.architecture(),
                    listener));
  }

  static Attack jacobianHard() {
    return attack(
            "jacobian-hard",
            "Jacobian augmentation, hard labels",
            "A few samples are moved and asked about again; the model tells its top class only.")
        .withAction(
            (context, listener) ->
                steal(
                    context,
                    jacobian(context.scale()).withHardLabels(),
                    context.blackBox().withAnswers(AnswerDetail.topClass()),
                    context.architecture(),
                    listener));
  }

  /**
   * The published optimiser needs its published 100 epochs; at an audit's scale Adam does better.
   */
  static Attack knockoff() {
    return attack("knockoff", "knockoff", "Random queries, learnt by soft cross-entropy.")
        .withAction(stealing(epochs -> new Knockoff(FitSettings.adam(epochs))));
  }

  static Attack knockoffAdaptive() {
    return attack("knockoff-adaptive", "adaptive knockoff", "A bandit chooses what to ask.")
        .withAction(
            stealing(epochs -> AdaptiveKnockoff.of(epochs).withFit(FitSettings.adam(epochs))));
  }

  /** A copy made by an attack. */
  static AttackResult steal(
      AttackContext context,
      ExtractionAttack attack,
      BlackBox box,
      Architecture student,
      AttackListener listener) {
    Model copy = attack.steal(box, context.thief(), student, context.seed(), listener);
    return AttackResult.model(copy).withQueries(box.queries());
  }

  private static AttackAction stealing(OfEpochs attack) {
    return stealing(attack, AnswerDetail.probabilities());
  }

  private static AttackAction stealing(OfEpochs attack, AnswerDetail answers) {
    return (context, listener) ->
        steal(
            context,
            attack.of(context.scale().epochs()),
            context.blackBox().withAnswers(answers),
            context.architecture(),
            listener);
  }

  private static AttackResult distil(AttackContext context, AttackListener listener) {
    int queries = Math.min(context.scale().queries(), context.thief().size());
    return AttackResult.model(context.copy(listener)).withQueries(queries);
  }

  private static JacobianAugmentation jacobian(AttackScale scale) {
    int doublings = 1 << (JACOBIAN_ROUNDS - 1);
    return JacobianAugmentation.standard()
        .withRounds(JACOBIAN_ROUNDS)
        .withSeedSize(Math.max(1, scale.queries() / doublings))
        .withFit(FitSettings.adam(scale.epochs()));
  }

  private static CurvePoint asked(int queries) {
    return new CurvePoint(
        "Fewer questions",
        "How much of the watermark a copy keeps when the thief may ask less often.",
        "questions",
        queries,
        /* fromUnattacked= */ false);
  }

  private static ListedAttack attack(String id, String title, String explanation) {
    return ListedAttack.of(id, AttackFamily.EXTRACTION, title, explanation);
  }
}
