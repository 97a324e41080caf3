package org.meadefender.audit;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Classifiers;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.Calibration;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerdict.Basis;
import org.meadefender.verify.PreparedVerification;
import org.meadefender.verify.SourceAnswers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Measures attacked models, all on the same rows. */
final class ModelMeasurement {
  private final Model network;
  private final LabelledSamples test;
  private final int[] classes;
  private final Watermark mark;
  private final MarkMeasurement rates;
  private final PreparedVerification verification;
  private @Nullable LabelledSamples answered;

  /**
   * A measurement.
   *
   * @param network the model before any attack
   * @param test held-out samples with true labels
   * @param mark the watermark
   * @param rates watermark rows
   * @param verification gives every attacked model the verdict that its owner would get
   */
  ModelMeasurement(
      Model network,
      LabelledSamples test,
      Watermark mark,
      MarkMeasurement rates,
      PreparedVerification verification) {
    this.network = network;
    this.test = test;
    this.classes = IntStream.range(0, test.size()).map(test::topClass).toArray();
    this.mark = mark;
    this.rates = rates;
    this.verification = verification;
  }

  /** Accuracy, calibration, rates, and the verdict that verification gives. */
  ModelFigures of(SuspectModel attacked) {
    if (answered == null) {
      answered = Classifiers.answered(network, test);
    }
    OwnershipVerdict verdict = verification.verify(attacked);
    LabelledSamples answers = Classifiers.answered(attacked, test);
    INDArray probabilities = answers.labels(0, answers.size());
    SourceAnswers.Tally sources = new SourceAnswers.Tally(mark);
    sources.add(probabilities, classes);
    return new ModelFigures(
        agreement(answers, test),
        agreement(answers, answered),
        Calibration.of(probabilities, classes).orElse(null),
        sources.result(),
        rates.on(attacked),
        verdict.name(),
        verdict.basisOfClaim().map(Basis::toString).orElse(""));
  }

  /** Share of samples with the same top class. */
  private static double agreement(LabelledSamples answers, LabelledSamples labels) {
    long same =
        IntStream.range(0, labels.size())
            .filter(i -> answers.topClass(i) == labels.topClass(i))
            .count();
    return (double) same / labels.size();
  }
}
