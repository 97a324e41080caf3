package org.meadefender.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
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
import org.meadefender.data.LabelledSamples;

/** Makes the built-in removal attacks. */
final class RemovalAttacks {
  private static final int TRANSFER_CLASSES = 5;

  private RemovalAttacks() {}

  static Attack fineTuningLast() {
    return attack("fine-tuning-last", "fine-tuning, last layer", "Its last layer trains on.")
        .withAction(onModel(scale -> FineTuning.lastLayer().withFit(fit(scale))));
  }

  static Attack fineTuningAll() {
    return attack("fine-tuning-all", "fine-tuning, all layers", "All its layers train on.")
        .withVariants(
            scale ->
                new TreeSet<>(List.of(1, scale.removalEpochs()))
                    .stream().map(RemovalAttacks::tuned).toList());
  }

  private static AttackVariant tuned(int epochs) {
    return new AttackVariant(
        epochs + (epochs == 1 ? " epoch" : " epochs"),
        new CurvePoint(
            "Fine-tuning",
            "What remains when all layers train on with other data.",
            "epochs",
            epochs,
            /* fromUnattacked= */ true),
        onModel(scale -> FineTuning.allOfThem().withFit(FitSettings.adam(epochs))));
  }

  static Attack retrainingLast() {
    return attack("retraining-last", "new last layer", "Its last layer starts anew.")
        .withAction(onModel(scale -> HeadRetraining.lastLayer().withFit(longer(scale))));
  }

  static Attack retrainingAll() {
    return attack(
            "retraining-all",
            "new last layer, all trained",
            "Its last layer starts anew, all train.")
        .withAction(onModel(scale -> HeadRetraining.allOfThem().withFit(fit(scale))));
  }

  static Attack mixedSamples() {
    return attack("mixed-samples", "fine-tuning on mixes", "It learns that mixes are ordinary.")
        .withAction(
            (context, listener) ->
                remove(
                    context,
                    MixedSampleTuning.standard()
                        .withFit(fit(context.scale()))
                        .withAutoencoder(context.blends()),
                    listener));
  }

  static Attack pruning(double... shares) {
    return attack("pruning", "pruning", "Its smallest weights are removed.")
        .withVariants(
            scale ->
                Arrays.stream(shares)
                    .mapToObj(
                        share ->
                            new AttackVariant(
                                percent(share),
                                pruned("Pruning", share, /* fromUnattacked= */ true),
                                onModel(each -> new MagnitudePruning(share))))
                    .toList());
  }

  static Attack finePruning() {
    return attack("fine-pruning", "fine-pruning", "Sleeping channels are cut, then it trains on.")
        .withAction(onModel(scale -> FinePruning.standard().withFit(longer(scale))));
  }

  static Attack transfer() {
    return attack(
            "transfer",
            "transfer learning",
            "It learns another task, then its old last layer returns.")
        .withNeeds(AttackNeed.OTHER_TASK)
        .withOnUnmarked(true)
        .withAction(
            (context, listener) ->
                remove(
                    TaskTransfer.to(TRANSFER_CLASSES).withFit(fit(context.scale())),
                    context.network(),
                    context.otherTask().take(context.scale().removalRows()),
                    context,
                    listener));
  }

  static Attack int8() {
    return attack("int8", "8-bit weights", "Its weights become 8-bit integers.")
        .withAction(onModel(scale -> new Quantization(Quantization.Format.INT8)));
  }

  static Attack bfloat16() {
    return attack("bfloat16", "half precision", "Its weights lose half of their bits.")
        .withAction(onModel(scale -> new Quantization(Quantization.Format.BFLOAT16)));
  }

  static Attack wrk() {
    return attack("wrk", "WRK", "Its last layer is pushed away from the old one.")
        .withAction(onModel(scale -> Wrk.standard()));
  }

  static Attack stolenThenTuned() {
    return attack("stolen-then-tuned", "stolen, then fine-tuned", "The distilled copy trains on.")
        .withAction(onCopy(scale -> FineTuning.allOfThem().withFit(fit(scale))));
  }

  static Attack stolenThenPruned(double... shares) {
    return attack(
            "stolen-then-pruned",
            "stolen, then pruned",
            "The distilled copy loses its smallest weights.")
        .withVariants(
            scale ->
                Arrays.stream(shares)
                    .mapToObj(
                        share ->
                            new AttackVariant(
                                percent(share),
                                pruned("Pruning of a copy", share, /* fromUnattacked= */ false),
                                onCopy(each -> new MagnitudePruning(share))))
                    .toList());
  }

  /** A changed copy of the attacked network. */
  static AttackResult remove(AttackContext context, RemovalAttack attack, AttackListener listener) {
    return remove(attack, context.network(), context.removalData(), context, listener);
  }

  private static AttackResult remove(
      RemovalAttack attack,
      Model source,
      LabelledSamples data,
      AttackContext context,
      AttackListener listener) {
    return AttackResult.model(attack.remove(source, data, context.seed(), listener));
  }

  private static AttackAction onModel(Function<AttackScale, RemovalAttack> attack) {
    return (context, listener) -> remove(context, attack.apply(context.scale()), listener);
  }

  private static AttackAction onCopy(Function<AttackScale, RemovalAttack> attack) {
    return (context, listener) ->
        remove(
            attack.apply(context.scale()),
            context.copy(listener),
            context.removalData(),
            context,
            listener);
  }

  private static FitSettings fit(AttackScale scale) {
    return FitSettings.adam(scale.removalEpochs());
  }

  private static FitSettings longer(AttackScale scale) {
    return FitSettings.adam(2 * scale.removalEpochs());
  }

  private static CurvePoint pruned(String title, double share, boolean fromUnattacked) {
    return new CurvePoint(
        title,
        "What remains when the smallest weights are removed.",
        "pruned, %",
        100 * share,
        fromUnattacked);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static ListedAttack attack(String id, String title, String explanation) {
    return ListedAttack.of(id, AttackFamily.REMOVAL, title, explanation);
  }
}
