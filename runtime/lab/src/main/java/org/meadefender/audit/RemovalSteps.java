package org.meadefender.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.removal.FinePruning;
import org.meadefender.attack.removal.FineTuning;
import org.meadefender.attack.removal.HeadRetraining;
import org.meadefender.attack.removal.MagnitudePruning;
import org.meadefender.attack.removal.MixedSampleTuning;
import org.meadefender.attack.removal.Quantization;
import org.meadefender.attack.removal.RemovalAttack;
import org.meadefender.attack.removal.TaskTransfer;
import org.meadefender.attack.removal.Wrk;
import org.meadefender.suspect.SuspectModel;

/** The removal attacks of an audit. */
final class RemovalSteps {
  private static final int TRANSFER_CLASSES = 5;

  private RemovalSteps() {}

  static List<AuditStep> of(AuditPlan plan) {
    int epochs = plan.scale().removalEpochs();
    FitSettings fit = FitSettings.adam(epochs);
    List<AuditStep> steps = new ArrayList<>();
    steps.add(onModel(Attack.FINE_TUNING_LAST, "", FineTuning.lastLayer().withFit(fit)));
    for (int count : new TreeSet<>(List.of(1, epochs))) {
      steps.add(
          onModel(
              Attack.FINE_TUNING_ALL,
              count + (count == 1 ? " epoch" : " epochs"),
              FineTuning.allOfThem().withFit(FitSettings.adam(count))));
    }
    FitSettings twice = fit.withEpochs(2 * epochs);
    steps.add(onModel(Attack.RETRAINING_LAST, "", HeadRetraining.lastLayer().withFit(twice)));
    steps.add(onModel(Attack.RETRAINING_ALL, "", HeadRetraining.allOfThem().withFit(fit)));
    MixedSampleTuning mixed = MixedSampleTuning.standard().withFit(fit);
    steps.add(
        new AuditStep(
            Attack.MIXED_SAMPLES,
            "",
            false,
            (context, listener) ->
                remove(
                    context,
                    mixed.withAutoencoder(context.blends()),
                    context.network(),
                    context.removalData(),
                    listener)));
    for (double share : plan.prunings()) {
      steps.add(onModel(Attack.PRUNING, percent(share), new MagnitudePruning(share)));
    }
    steps.add(onModel(Attack.FINE_PRUNING, "", FinePruning.standard().withFit(twice)));
    steps.add(
        new AuditStep(
            Attack.TRANSFER,
            "",
            true,
            (context, listener) ->
                transfer(context, TaskTransfer.to(TRANSFER_CLASSES).withFit(fit), listener)));
    steps.add(onModel(Attack.INT8, "", new Quantization(Quantization.Format.INT8)));
    steps.add(onModel(Attack.BFLOAT16, "", new Quantization(Quantization.Format.BFLOAT16)));
    steps.add(onModel(Attack.WRK, "", Wrk.standard()));
    steps.add(onCopy(Attack.STOLEN_THEN_TUNED, "", FineTuning.allOfThem().withFit(fit)));
    for (double share : plan.prunings()) {
      steps.add(onCopy(Attack.STOLEN_THEN_PRUNED, percent(share), new MagnitudePruning(share)));
    }
    return steps;
  }

  private static AuditStep onModel(Attack kind, String variant, RemovalAttack attack) {
    return new AuditStep(
        kind,
        variant,
        false,
        (context, listener) ->
            remove(context, attack, context.network(), context.removalData(), listener));
  }

  private static AuditStep onCopy(Attack kind, String variant, RemovalAttack attack) {
    return new AuditStep(
        kind,
        variant,
        false,
        (context, listener) ->
            remove(context, attack, context.copy(listener), context.removalData(), listener));
  }

  private static StepResult transfer(
      AuditContext context, RemovalAttack attack, AttackListener listener) {
    AttackData other = context.otherTask();
    if (other == null) {
      throw new IllegalStateException("The step needs data of another task");
    }
    return remove(
        context, attack, context.network(), other.take(context.scale().removalRows()), listener);
  }

  private static StepResult remove(
      AuditContext context,
      RemovalAttack attack,
      Model source,
      AttackData data,
      AttackListener listener) {
    Model result = attack.remove(source, data, context.seed(), listener);
    return StepResult.of(context.measure(SuspectModel.of(result)), 0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
