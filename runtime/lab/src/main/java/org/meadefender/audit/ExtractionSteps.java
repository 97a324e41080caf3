package org.meadefender.audit;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.extraction.AdaptiveKnockoff;
import org.meadefender.attack.extraction.Answers;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.extraction.HardLabelRetraining;
import org.meadefender.attack.extraction.JacobianAugmentation;
import org.meadefender.attack.extraction.Knockoff;
import org.meadefender.suspect.SuspectModel;

/** The extraction attacks of an audit. */
final class ExtractionSteps {
  private static final int TOP = 3;
  private static final int[] DIGITS = {1, 2};

  /** Samples per Jacobian round start: the set must reach the budget by doubling. */
  private static final int JACOBIAN_ROUNDS = 6;

  private ExtractionSteps() {}

  static List<AuditStep> of(AuditPlan plan) {
    int epochs = plan.scale().epochs();
    ExtractionAttack distillation = Distillation.of(epochs);
    List<AuditStep> steps = new ArrayList<>();
    steps.add(new AuditStep(Attack.DISTILLATION, "", true, ExtractionSteps::distil));
    steps.add(step(Attack.DISTILLATION_WITH_LABELS, "", Distillation.withTrueLabels(epochs), null));
    steps.add(new AuditStep(Attack.OTHER_ARCHITECTURE, "", true, ExtractionSteps::distilOther));
    for (int budget : plan.budgets()) {
      steps.add(
          new AuditStep(
              Attack.QUERY_BUDGET,
              budget + " queries",
              false,
              (context, listener) ->
                  steal(
                      context,
                      distillation,
                      context.blackBox().withBudget(budget),
                      context.same(),
                      listener)));
    }
    for (int digits : DIGITS) {
      steps.add(step(Attack.ROUNDED, digits + " digits", distillation, Answers.rounded(digits)));
    }
    steps.add(step(Attack.TOP_THREE, "", distillation, Answers.top(TOP)));
    steps.add(step(Attack.HARD_LABELS, "", HardLabelRetraining.of(epochs), Answers.topClass()));
    JacobianAugmentation jacobian = jacobian(plan.scale());
    steps.add(step(Attack.JACOBIAN, "", jacobian, null));
    steps.add(step(Attack.JACOBIAN_HARD, "", jacobian.withHardLabels(), Answers.topClass()));
    // The published optimiser needs its published 100 epochs; at an audit's scale Adam does better.
    FitSettings fit = FitSettings.adam(epochs);
    steps.add(step(Attack.KNOCKOFF, "", new Knockoff(fit), null));
    steps.add(step(Attack.KNOCKOFF_ADAPTIVE, "", AdaptiveKnockoff.of(epochs).withFit(fit), null));
    return steps;
  }

  private static JacobianAugmentation jacobian(Scale scale) {
    int doublings = 1 << (JACOBIAN_ROUNDS - 1);
    return JacobianAugmentation.standard()
        .withRounds(JACOBIAN_ROUNDS)
        .withSeedSize(Math.max(1, scale.queries() / doublings))
        .withFit(FitSettings.adam(scale.epochs()));
  }

  private static AuditStep step(
      Attack kind, String variant, ExtractionAttack attack, @Nullable Answers answers) {
    return new AuditStep(
        kind,
        variant,
        true,
        (context, listener) -> {
          BlackBox box =
              answers == null ? context.blackBox() : context.blackBox().withAnswers(answers);
          return steal(context, attack, box, context.same(), listener);
        });
  }

  private static StepResult steal(
      AuditContext context,
      ExtractionAttack attack,
      BlackBox box,
      Architecture student,
      AttackListener listener) {
    Model copy = attack.steal(box, context.thief(), student, context.seed(), listener);
    return StepResult.of(context.measure(SuspectModel.of(copy)), box.queries());
  }

  /** Keeps the copy: later steps attack it further. */
  private static StepResult distil(AuditContext context, AttackListener listener) {
    Model copy = context.copy(listener);
    CopyFile.write(copy, context.copyFile());
    int queries = Math.min(context.scale().queries(), context.thief().size());
    return StepResult.of(context.measure(SuspectModel.of(copy)), queries);
  }

  private static StepResult distilOther(AuditContext context, AttackListener listener) {
    Architecture other = context.other();
    if (other == null) {
      throw new IllegalStateException("The step needs another architecture");
    }
    ExtractionAttack attack = Distillation.of(context.scale().epochs());
    return steal(context, attack, context.blackBox(), other, listener);
  }
}
