package org.meadefender.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Networks;
import org.meadefender.attack.PublicMixes;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.combine.Watermark;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Basis;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.PreparedVerification;

/**
 * What the steps of an audit share about one model.
 *
 * @param network the attacked model
 * @param thief samples of the thief
 * @param test held-out samples with true labels
 * @param otherTask samples of another task
 * @param other another architecture
 * @param mark the watermark
 * @param measurement watermark rows
 * @param verification gives every attacked model the verdict that its owner would get
 * @param scale how large attacks are
 * @param seed of the attacks
 * @param copyFile where the distilled copy is kept for the steps that attack it
 */
record AuditContext(
    Model network,
    AttackData thief,
    AttackData test,
    @Nullable AttackData otherTask,
    @Nullable Architecture other,
    Watermark mark,
    MarkMeasurement measurement,
    PreparedVerification verification,
    Scale scale,
    long seed,
    Path copyFile) {
  private static final int BATCH = 256;

  Architecture same() {
    return Architecture.of(network);
  }

  BlackBox blackBox() {
    return BlackBox.of(SuspectModel.of(network)).withBudget(scale.queries());
  }

  /**
   * Whether attackers who mix train an autoencoder: where the mark comes of one, the worst case.
   */
  boolean blends() {
    return mark.spec().combine() == Combine.AUTOENCODER_BLENDING
        && mark.spec().ownCombiner().isEmpty();
  }

  /** What a removal may train on. */
  AttackData removalData() {
    return thief.take(scale.removalRows());
  }

  /** The model's answers on the test samples, to compare with. */
  double fidelity(SuspectModel suspect) {
    return agreement(suspect, Networks.answered(network, test));
  }

  /** Accuracy, rates, and the verdict that verification gives. */
  MarkResult measure(SuspectModel suspect) {
    OwnershipVerdict verdict = verification.verify(suspect);
    return new MarkResult(
        agreement(suspect, test),
        fidelity(suspect),
        measurement.on(suspect),
        verdict.name(),
        verdict.basisOfClaim().map(Basis::toString).orElse(""));
  }

  /** Watermark rows of held-out samples, labelled with the target. */
  AttackData marks() {
    int[] ofA = test.rowsOfClass(mark.spec().sourceA());
    int[] ofB = test.rowsOfClass(mark.spec().sourceB());
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(ofA.length, ofB.length); i++) {
      pairs.add(new int[] {ofA[i], ofB[i]});
    }
    return PublicMixes.mix(
        test, pairs, pair -> mark.secret(), pair -> mark.target(), mark.random("audit/rows"));
  }

  /** The distilled copy: the saved one, or a new one. */
  Model copy(AttackListener listener) {
    return CopyFile.at(copyFile)
        .orElseGet(
            () -> Distillation.of(scale.epochs()).steal(blackBox(), thief, same(), seed, listener));
  }

  private static double agreement(SuspectModel suspect, AttackData data) {
    int right = 0;
    for (int from = 0; from < data.size(); from += BATCH) {
      int to = Math.min(data.size(), from + BATCH);
      int[] top = suspect.predict(data.features(from, to)).argMax(1).toIntVector();
      for (int i = from; i < to; i++) {
        right += top[i - from] == data.topClass(i) ? 1 : 0;
      }
    }
    return right / (double) data.size();
  }
}
