package org.meadefender.attack.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.InputGradient;
import org.meadefender.attack.Networks;
import org.meadefender.attack.SmallTask;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Every extraction attack must make a good copy of a model without a watermark. */
class ExtractionTest {
  private static final FitSettings FIT = FitSettings.adam(6).withBatch(64);
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
    double accuracy = Networks.accuracy(copy, SmallTask.testData());
    double victimAccuracy = Networks.accuracy(victim, SmallTask.testData());
    double fidelity = SmallTask.fidelity(copy, victim);
    System.out.printf(
        "# %s: %.3f (victim %.3f), fidelity %.3f%n", name, accuracy, victimAccuracy, fidelity);
    assertThat(fidelity).as("fidelity").isGreaterThan(0.85);
    assertThat(accuracy).as("accuracy").isGreaterThan(victimAccuracy - 0.08);
    assertThat(box.queries()).isLessThanOrEqualTo(BUDGET).isPositive();
    assertThat(epochs).isNotEmpty();
    assertThat(Networks.outputLayer(copy).getLossFn()).isEqualTo(new LossMCXENT());
  }

  /**
   * The attack's aim is the victim's border between classes: where the victim gives way to a small
   * move, a copy must do as it does, more often than a copy made of the few samples alone.
   */
  @Test
  void jacobianAugmentationLearnsTheBorderFromFewSamples() {
    Model victim = SmallTask.victim();
    Architecture student = Architecture.of(SmallTask.layers());
    JacobianAugmentation augmented =
        JacobianAugmentation.standard()
            .withSeedSize(200)
            .withRounds(4)
            .withFit(FitSettings.adam(8).withBatch(32));
    JacobianAugmentation alone = augmented.withRounds(1).withFit(augmented.fit().withEpochs(60));
    BlackBox box = BlackBox.of(SuspectModel.of(victim)).withBudget(1_500);
    Model copy = augmented.steal(box, SmallTask.thiefsData(), student, 21, AttackListener.NONE);
    assertThat(box.queries()).as("200 · 2³ are more than the budget").isEqualTo(1_500);
    BlackBox unlimited = BlackBox.of(SuspectModel.of(victim));
    Model plain = alone.steal(unlimited, SmallTask.thiefsData(), student, 21, AttackListener.NONE);
    AttackData moved =
        augmented.augment(InputGradient.of(victim), SmallTask.testData(), augmented.flipEvery(), 1);
    AttackData answers = Networks.answered(victim, moved);
    System.out.printf(
        "# jacobian: test %.3f border %.3f; plain: %.3f, %.3f; victim gives way %.3f%n",
        SmallTask.fidelity(copy, victim),
        Networks.accuracy(copy, answers),
        SmallTask.fidelity(plain, victim),
        Networks.accuracy(plain, answers),
        1
            - Networks.accuracy(
                victim, SmallTask.testData().withLabels(answers.labels(0, answers.size()))));
    assertThat(SmallTask.fidelity(copy, victim)).isGreaterThan(0.8);
    assertThat(Networks.accuracy(copy, answers))
        .isGreaterThan(Networks.accuracy(plain, answers) + 0.03);
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
