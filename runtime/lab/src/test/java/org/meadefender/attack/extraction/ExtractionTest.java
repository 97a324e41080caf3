package org.meadefender.attack.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.internal.InputGradient;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Every extraction attack must make a good copy of a model without a watermark. */
class ExtractionTest {
  private static final FitSettings FIT = FitSettings.adam(9).withBatch(64);
  private static final int BUDGET = 2_000;

  static Stream<Arguments> attacks() {
    Architecture same = Architecture.of(SmallTask.layers());
    Architecture other = Architecture.of(SmallTask.graph());
    return Stream.of(
        Arguments.of("distillation", Distillation.of(1).withFit(FIT), same),
        Arguments.of("distillation into a graph", Distillation.of(1).withFit(FIT), other),
        Arguments.of("distillation with labels", Distillation.withTrueLabels(1).withFit(FIT), same),
        Arguments.of("hard labels", new HardLabelRetraining(FIT), same),
        Arguments.of("knockoff", Knockoff.of(1).withFit(FIT), same),
        Arguments.of("adaptive knockoff", AdaptiveKnockoff.of(1).withFit(FIT), same));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void copies(String name, ExtractionAttack attack, Architecture student) {
    Model victim = SmallTask.victim();
    BlackBox box = BlackBox.of(SuspectModel.of(victim)).withBudget(BUDGET);
    List<Integer> epochs = new ArrayList<>();
    AttackListener listener = (step, done, total) -> epochs.add(done);
    Model copy = attack.steal(box, SmallTask.thiefsData(), student, 21, listener);
    double accuracy = Accuracy.of(copy, SmallTask.testData());
    double victimAccuracy = Accuracy.of(victim, SmallTask.testData());
    double fidelity = SmallTask.fidelity(copy, victim);
    assertThat(fidelity).as("fidelity").isGreaterThan(0.85);
    assertThat(accuracy).as("accuracy").isGreaterThan(victimAccuracy - 0.08);
    assertThat(box.queries()).isLessThanOrEqualTo(BUDGET).isPositive();
    assertThat(epochs).isNotEmpty();
    assertThat(Classifiers.outputLayer(copy).getLossFn()).isEqualTo(new LossMCXENT());
  }

  /** The attack's own aim: what fools the copy, made from a few samples, fools the victim too. */
  @Test
  void jacobianAugmentationMakesACopyWhoseWeaknessesTransfer() {
    Model victim = SmallTask.victim();
    JacobianAugmentation attack =
        JacobianAugmentation.standard()
            .withSeedSize(200)
            .withRounds(4)
            .withFit(FitSettings.adam(8).withBatch(32));
    BlackBox box = BlackBox.of(SuspectModel.of(victim)).withBudget(1_500);
    Architecture student = Architecture.of(SmallTask.layers());
    Model copy = attack.steal(box, SmallTask.thiefsData(), student, 21, AttackListener.NONE);
    assertThat(box.queries()).as("200 · 2³ are more than the budget").isEqualTo(1_500);
    assertThat(SmallTask.fidelity(copy, victim)).isGreaterThan(0.8);
    LabelledSamples test = SmallTask.testData();
    LabelledSamples crafted = attack.augment(InputGradient.of(copy), test, attack.flipEvery(), 1);
    Random random = new Random(1);
    LabelledSamples noisy = test.mapFeatures(image -> shaken(image, attack.lambda(), random));
    double fooled = 1 - Accuracy.of(victim, crafted);
    double confused = 1 - Accuracy.of(victim, noisy);
    assertThat(fooled).isGreaterThan(confused + 0.04).isGreaterThan(2 * confused);
  }

  @Test
  void jacobianAugmentationMovesAlongTheSignAndFlips() {
    JacobianAugmentation attack = JacobianAugmentation.standard().withReservoir(50);
    LabelledSamples lesson = SmallTask.thiefsData().take(100);
    InputGradient gradient = InputGradient.of(SmallTask.victim());
    LabelledSamples there = attack.augment(gradient, lesson, 0, 1);
    LabelledSamples back = attack.augment(gradient, lesson, attack.flipEvery(), 1);
    LabelledSamples base = lesson.shuffled(1).take(50);
    assertThat(there.size()).isEqualTo(50);
    float lambda = (float) attack.lambda();
    int moved = 0;
    for (int i = 0; i < base.row(0).length; i++) {
      float x = base.row(0)[i];
      float step = there.row(0)[i] - x;
      assertThat(Math.abs(step)).isLessThan(lambda + 1e-5f);
      if (x > lambda && x < 1 - lambda && step != 0) {
        assertThat(Math.abs(step)).isCloseTo(lambda, within(1e-5f));
        assertThat(back.row(0)[i] - x).isCloseTo(-step, within(1e-5f));
        moved++;
      }
    }
    assertThat(moved).isGreaterThan(100);
  }

  private static float[] shaken(float[] image, double size, Random random) {
    float[] result = image.clone();
    for (int i = 0; i < result.length; i++) {
      double value = result[i] + (random.nextBoolean() ? size : -size);
      result[i] = (float) Math.max(0, Math.min(1, value));
    }
    return result;
  }

  @Test
  void sameSeedSameCopy() {
    assertThat(stolen(4).params()).isEqualTo(stolen(4).params()).isNotEqualTo(stolen(5).params());
  }

  @Test
  void rejectsSeedZero() {
    assertThatThrownBy(() -> stolen(0)).hasMessageContaining("seed is 0");
  }

  private static Model stolen(long seed) {
    BlackBox box = BlackBox.of(SuspectModel.of(SmallTask.victim()));
    return Distillation.of(1)
        .steal(
            box,
            SmallTask.thiefsData().take(300),
            Architecture.of(SmallTask.graph()),
            seed,
            AttackListener.NONE);
  }
}
