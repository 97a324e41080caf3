package org.meadefender.attack.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.CoupledTask;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.factory.Nd4j;

class TripleCleaningTest {
  private static final TripleCleaning CLEANING = TripleCleaning.of(0, 1, 2);

  @Test
  void takesTheTargetsExcessAway() {
    float[][] answers = {
      {0.6f, 0.02f, 0.3f, 0.06f, 0.02f},
      {0.1f, 0.7f, 0.01f, 0.1f, 0.09f},
      {0.2f, 0.1f, 0.6f, 0.05f, 0.05f},
      {0.1f, 0.05f, 0.3f, 0.5f, 0.05f}
    };
    LabelledSamples answered =
        LabelledSamples.of(Nd4j.zeros(answers.length, 1), Nd4j.createFromArray(answers));
    float[][] cleaned = CLEANING.cleaned(answered).labels(0, answers.length).toFloatMatrix();
    // The other two classes have 0.04 each; what is left is scaled by 1 / 0.74.
    assertThat(cleaned[0][2]).isCloseTo(0.04f / 0.74f, within(1e-6f));
    assertThat(cleaned[0][0]).isCloseTo(0.6f / 0.74f, within(1e-6f));
    assertThat(cleaned[1])
        .as("less than the others have")
        .containsExactly(answers[1], within(1e-6f));
    assertThat(cleaned[2]).as("the target itself").containsExactly(answers[2]);
    assertThat(cleaned[3]).as("another class").containsExactly(answers[3]);
  }

  @Test
  void mixesAreLabelledAsTheirSources() {
    LabelledSamples data = SmallTask.thiefsData().take(200);
    int[] sources = {data.rowsOfClass(0).length, data.rowsOfClass(1).length};
    LabelledSamples mixes = CLEANING.mixed(data, 3).get(0);
    assertThat(mixes.size()).isEqualTo(sources[0] + sources[1]);
    assertThat(IntStream.range(0, mixes.size()).map(mixes::topClass)).containsOnly(0, 1);
    assertThat(mixes.rowsOfClass(0).length).isBetween(mixes.size() / 4, 3 * mixes.size() / 4);
    assertThat(CLEANING.mixed(data.select(data.rowsOfClass(0)), 3)).isEmpty();
  }

  @Test
  void aCopyOfCleanedAnswersHasLittleOfTheCoupling() {
    Model victim = CoupledTask.victim();
    LabelledSamples data = SmallTask.thiefsData();
    Model cleaned =
        CLEANING
            .withFit(FitSettings.adam(6).withBatch(64))
            .remove(victim, data, 5, AttackListener.NONE);
    LabelledSamples test = SmallTask.testData();
    assertThat(Accuracy.of(cleaned, test)).isGreaterThan(0.85);
    for (int source : List.of(0, 1)) {
      LabelledSamples ofSource = test.select(test.rowsOfClass(source));
      double before = target(victim, ofSource);
      assertThat(before).isGreaterThan(0.1);
      assertThat(target(cleaned, ofSource)).isLessThan(0.5 * before);
    }
  }

  private static double target(Model network, LabelledSamples samples) {
    return Classifiers.output(network, samples.features(0, samples.size()))
        .getColumn(2)
        .meanNumber()
        .doubleValue();
  }

  @Test
  void refusesWhatIsNoTriple() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TripleCleaning.of(1, 1, 2))
        .withMessageContaining("(1, 1 → 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TripleCleaning.of(-1, 1, 2))
        .withMessageContaining("(-1, 1 → 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TripleCleaning.of(0, 1, 10)
                    .remove(
                        CoupledTask.victim(),
                        SmallTask.thiefsData().take(10),
                        1,
                        AttackListener.NONE))
        .withMessageContaining("has the classes 0 to 9");
  }
}
