package org.meadefender.audit;

import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Classifiers;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerdict.Basis;
import org.meadefender.verify.PreparedVerification;

/** Measures attacked models, all on the same rows. */
final class ModelMeasurement {
  private final Model network;
  private final LabelledSamples test;
  private final MarkMeasurement rates;
  private final PreparedVerification verification;
  private @Nullable LabelledSamples answered;

  /**
   * A measurement.
   *
   * @param network the model before any attack
   * @param test held-out samples with true labels
   * @param rates watermark rows
   * @param verification gives every attacked model the verdict that its owner would get
   */
  ModelMeasurement(
      Model network,
      LabelledSamples test,
      MarkMeasurement rates,
      PreparedVerification verification) {
    this.network = network;
    this.test = test;
    this.rates = rates;
    this.verification = verification;
  }

  /** Accuracy, rates, and the verdict that verification gives. */
  ModelFigures of(SuspectModel attacked) {
    if (answered == null) {
      answered = Classifiers.answered(network, test);
    }
    OwnershipVerdict verdict = verification.verify(attacked);
    return new ModelFigures(
        Accuracy.of(attacked, test),
        Accuracy.of(attacked, answered),
        rates.on(attacked),
        verdict.name(),
        verdict.basisOfClaim().map(Basis::toString).orElse(""));
  }
}
