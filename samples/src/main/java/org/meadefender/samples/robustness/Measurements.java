package org.meadefender.samples.robustness;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.detection.ProfileAttack;
import org.meadefender.attack.detection.ProfileSearch;
import org.meadefender.attack.detection.TripleRanking;
import org.meadefender.attack.detection.TripleRanking.Triple;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.Calibration;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.SourceAnswers;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Measures the models of an experiment, all on the same test images. */
final class Measurements {
  /** Watermark rows, evasion rows and rows of other pairs. */
  static final int ROWS = 1_000;

  /** Samples of a thief who looks for the triple: most of them for his own networks. */
  private static final int PROFILE_SAMPLES = 5_500;

  private final List<Watermark> marks;
  private final List<MarkMeasurement> rates;
  private final LabelledSamples test;
  private final int[] classes;
  private final Optional<Supplier<Searches>> searches;
  private Optional<Searches> made = Optional.empty();

  /** Answer profiles of one thief. */
  private record Searches(ProfileSearch besideNetworks, ProfileSearch alone) {
    double share(ProfileSearch search, SuspectModel model, List<Watermark> marks) {
      TripleRanking ranking = search.of(model).byTopClass();
      return marks.stream()
          .mapToDouble(
              mark ->
                  ranking.share(
                      new Triple(mark.spec().sourceA(), mark.spec().sourceB(), mark.target())))
          .min()
          .orElse(Double.NaN);
    }
  }

  /**
   * Prepares.
   *
   * @param marks the watermarks
   * @param images test images
   * @param searches makes the answer profiles, where there are to be some
   */
  private Measurements(
      List<Watermark> marks, ImageSet images, Optional<Supplier<Searches>> searches) {
    this.marks = marks;
    this.rates =
        marks.stream()
            .map(mark -> MarkMeasurement.prepare(mark, images.iterator(Owner.BATCH), ROWS))
            .toList();
    this.test = LabelledSamples.read(images.iterator(Owner.BATCH));
    this.classes = IntStream.range(0, test.size()).map(test::topClass).toArray();
    this.searches = searches;
  }

  /**
   * Measurements of an experiment.
   *
   * @param owners the owner's images
   * @param thiefs the thief's, for answer profiles
   * @param seed of the thief
   */
  static Measurements of(
      Experiment experiment,
      List<Watermark> marks,
      ImageSet test,
      ImageSet owners,
      Supplier<LabelledSamples> thiefs,
      long seed) {
    Supplier<Searches> searches =
        () ->
            searches(
                Architecture.of(OwnerNetwork.of(experiment, owners)),
                thiefs.get().take(PROFILE_SAMPLES),
                experiment.thiefEpochs(),
                seed);
    return new Measurements(
        marks, test, experiment.profile() ? Optional.of(searches) : Optional.empty());
  }

  private static Searches searches(
      Architecture own, LabelledSamples thiefs, int epochs, long seed) {
    ProfileAttack attack = ProfileAttack.standard().withFit(FitSettings.adam(epochs));
    return new Searches(
        attack.search(own, thiefs, seed, AttackListener.NONE),
        attack.withoutNetworks().search(own, thiefs, seed, AttackListener.NONE));
  }

  /** WSR, WFPR and spill, of all marks together. */
  WatermarkRates rates(SuspectModel model) {
    return rates.stream().map(each -> each.on(model)).reduce(WatermarkRates::plus).orElseThrow();
  }

  /** What ordinary answers show. */
  AnswerFigures answers(SuspectModel model) {
    LabelledSamples answered = Classifiers.answered(model, test);
    INDArray answers = answered.labels(0, answered.size());
    Optional<Calibration> calibration = Calibration.of(answers, classes);
    List<SourceAnswers> sources = marks.stream().map(mark -> sources(mark, answers)).toList();
    if (made.isEmpty()) {
      made = searches.map(Supplier::get);
    }
    return new AnswerFigures(
        calibration.map(Calibration::logLoss).orElse(Double.NaN),
        calibration.map(Calibration::expectedCalibrationError).orElse(Double.NaN),
        mean(sources, SourceAnswers::targetGivenA),
        mean(sources, SourceAnswers::targetGivenB),
        made.map(each -> each.share(each.besideNetworks, model, marks)).orElse(Double.NaN),
        made.map(each -> each.share(each.alone, model, marks)).orElse(Double.NaN));
  }

  private SourceAnswers sources(Watermark mark, INDArray answers) {
    SourceAnswers.Tally tally = new SourceAnswers.Tally(mark);
    tally.add(answers, classes);
    return tally.result();
  }

  private static double mean(List<SourceAnswers> sources, ToDoubleFunction<SourceAnswers> value) {
    return sources.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
