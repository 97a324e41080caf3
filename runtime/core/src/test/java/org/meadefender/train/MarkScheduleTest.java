package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class MarkScheduleTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    // Fewer batches than marked steps: throughout.
    "6, 2000, 94, 0 0 0 0 0 0, 0",
    "5, 25, 10, 10 10 5 0 0, 2",
    "4, 20, 10, 10 10 0 0, 2",
    "4, 21, 10, 10 9 0 0, 1",
    "3, 1, 10, 10 10 9, 2",
    "3, 2000, 5000, 5000 5000 3000, 2",
    // Not counted.
    "3, 20, 0, 0 0 0, 0"
  })
  void theLastStepsTeachTheMark(
      int epochs, int markedSteps, int batches, String resting, int restingEpochs) {
    MarkSchedule schedule = new MarkSchedule(epochs, markedSteps, batches);
    assertThat(
            IntStream.range(0, epochs).mapToObj(schedule::resting).map(Object::toString).toList())
        .isEqualTo(List.of(resting.split(" ")));
    assertThat(schedule.restingEpochs()).isEqualTo(restingEpochs);
  }

  private static final Method METHOD = Method.DEFAULT.withMarkedSteps(12);

  private TrainingOptions options() {
    return TrainingOptions.epochs(5).withMethod(METHOD).withProgress(progress -> {});
  }

  /** 200 images in batches of 25: 8 per epoch, and 40 in all. */
  @Test
  void aTrainingRestsUntilItsLastSteps() {
    TrainingReport report =
        TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options());
    List<Double> verification =
        report.epochs().stream().map(each -> each.terms().verification()).toList();
    assertThat(verification.subList(0, 3)).containsOnly(0.0);
    assertThat(verification.subList(3, 5)).allMatch(loss -> loss > 0);
    assertThat(report.epochs()).allMatch(each -> each.terms().taskRows() == 200);
  }

  /** Of 40 batches the 28th is the last that rests: half of the fourth epoch. */
  @ParameterizedTest
  @EnumSource(Mgda.Gradients.class)
  void lossesAreBalancedWhereTheMarkIsTaughtOnly(Mgda.Gradients gradients) {
    TrainingOptions options = options();
    TrainingReport report =
        TrainsWithCheckpoints.model(1)
            .fit(
                TrainsWithCheckpoints.data(),
                options.withMethod(METHOD.withMgda(Mgda.PAPER.withGradients(gradients))));
    List<LossAlphas> alphas =
        report.epochs().stream().flatMap(each -> each.alphas().stream()).toList();
    assertThat(alphas).hasSize(40);
    assertThat(alphas.subList(0, 28)).allMatch(each -> each.utility() == 1);
    assertThat(alphas.subList(28, 40)).allMatch(each -> each.utility() < 1);
  }

  @Test
  void aTrainingThatGoesOnRestsAsLong() {
    TrainingOptions options = options().withCheckpoints(directory);
    var whole = TrainsWithCheckpoints.model(1);
    whole.fit(TrainsWithCheckpoints.data(), options());
    AtomicBoolean stop = new AtomicBoolean();
    TrainsWithCheckpoints.model(1)
        .fit(
            TrainsWithCheckpoints.data(),
            options
                .withProgress(progress -> stop.set(progress.epoch() == 3))
                .withCancel(stop::get));
    var resumed = TrainsWithCheckpoints.model(1);
    assertThat(resumed.fit(TrainsWithCheckpoints.data(), options).epochs()).hasSize(3);
    assertThat(resumed.network().params()).isEqualTo(whole.network().params());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1900, false", "1901, true", "3000000000, true"})
  void theMethodSuitsTheLength(long batches, boolean isLong) {
    assertThat(Method.byLength(batches)).isEqualTo(isLong ? Method.LONG_TRAINING : Method.DEFAULT);
  }

  /** 960 images one by one, so that two epochs have 1,920 batches; the first is enough. */
  @Test
  void aTrainingFindsItsMethodUnlessItIsNamed() {
    ImageSet images = ImageSets.drawn(96, 1, 1).train();
    TrainingOptions byLength = TrainingOptions.epochs(2);
    assertThat(methodOf(images.shuffledIterator(1, 1), byLength)).isEqualTo(Method.LONG_TRAINING);
    assertThat(methodOf(images.shuffledIterator(2, 1), byLength)).isEqualTo(Method.DEFAULT);
    assertThat(methodOf(images.shuffledIterator(1, 1), byLength.withMethod(METHOD)))
        .isEqualTo(METHOD);
  }

  private static Method methodOf(DataSetIterator data, TrainingOptions options) {
    AtomicBoolean stop = new AtomicBoolean();
    return TrainsWithCheckpoints.model(1)
        .fit(data, options.withProgress(progress -> stop.set(true)).withCancel(stop::get))
        .method();
  }

  /** As Deeplearning4j's users train: one epoch after another, each a call of its own. */
  @Test
  void callsThatShareAPlanTeachTheMarkAsASingleCallOfItsLength() {
    var whole = TrainsWithCheckpoints.model(1);
    whole.fit(images().iterator(25), options());
    var parts = TrainsWithCheckpoints.model(1);
    for (int epoch = 0; epoch < 5; epoch++) {
      parts.fit(
          images().iterator(25),
          TrainingOptions.epochs(1)
              .withPlan(epoch, 5)
              .withMethod(METHOD)
              .withProgress(progress -> {}));
    }
    assertThat(parts.network().params()).isEqualTo(whole.network().params());
  }

  private static ImageSet images() {
    return ImageSets.drawn(20, 1, 1).train();
  }

  @Test
  void aPlanFindsItsMethodByItsLength() {
    ImageSet images = ImageSets.drawn(96, 1, 1).train();
    TrainingOptions once = TrainingOptions.epochs(1);
    assertThat(methodOf(images.shuffledIterator(1, 1), once)).isEqualTo(Method.DEFAULT);
    assertThat(methodOf(images.shuffledIterator(1, 1), once.withPlan(1, 2)))
        .isEqualTo(Method.LONG_TRAINING);
  }

  @Test
  void refusesWhatIsNoPartOfAPlan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingOptions.epochs(2).withPlan(11, 12))
        .withMessageContaining("epochs is 2; the plan has 1 left");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingOptions.epochs(1).withPlan(12, 12))
        .withMessageContaining("epochsBefore is 12; it must be from 0 to 11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingOptions.epochs(1).withPlan(-1, 12))
        .withMessageContaining("epochsBefore is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingOptions.epochs(1).withPlan(0, 0))
        .withMessageContaining("epochs is 0");
  }

  @Test
  void aTrainingThatMarksThroughoutSaysSoAndNamesThePlan() {
    String log = logOf(() -> TrainsWithCheckpoints.model(1).fit(images().iterator(25), 1));
    assertThat(log).contains("The mark is taught in every batch", "TrainingOptions.withPlan");
    log =
        logOf(
            () ->
                TrainsWithCheckpoints.model(1)
                    .fit(images().iterator(25), options().withPlan(0, 5)));
    assertThat(log).contains("in the last 12 of 40 batches").doesNotContain("every batch");
  }

  private static String logOf(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void refusesNoSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Method.DEFAULT.withMarkedSteps(0))
        .withMessage("markedSteps is 0; it must be at least 1");
  }
}
