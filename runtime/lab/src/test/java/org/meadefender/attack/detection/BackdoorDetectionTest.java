package org.meadefender.attack.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A BadNets patch must be found, and a clean network must not be accused. */
class BackdoorDetectionTest {
  private static final int TARGET = 3;
  private static final int SIDE = 28;
  private static final int PATCH = 4;
  private static final LabelledSamples CLEAN = SmallTask.thiefsData().take(500);
  private static Model backdoored;

  @BeforeAll
  static void plant() {
    LabelledSamples plain = SmallTask.victimsData().take(3_000);
    LabelledSamples poisoned = patched(plain.take(400));
    backdoored = Architecture.of(SmallTask.layers()).fresh(6, new Adam(1e-3));
    Classifiers.fit(
        backdoored,
        LabelledSamples.join(List.of(plain, poisoned)),
        new LossMCXENT(),
        FitSettings.adam(8).withBatch(64),
        6,
        AttackListener.NONE);
    assertThat(Accuracy.of(backdoored, patched(SmallTask.testData()))).isGreaterThan(0.95);
    assertThat(Accuracy.of(backdoored, SmallTask.testData())).isGreaterThan(0.9);
  }

  @Test
  void neuralCleanseFindsThePatch() {
    NeuralCleanse.Finding finding = cleanse(backdoored);
    assertThat(finding.flagged()).containsExactly(TARGET);
    assertThat(finding.highestIndex()).isGreaterThan(2);
    NeuralCleanse.Patch patch = finding.patches().get(TARGET);
    assertThat(patch.norm()).as("about as large as the real patch").isLessThan(2.0 * PATCH * PATCH);
    assertThat(patch.image()).hasSize(SIDE * SIDE);
  }

  @Test
  void neuralCleanseStaysQuietOnACleanNetwork() {
    NeuralCleanse.Finding finding = cleanse(SmallTask.victim());
    assertThat(finding.flagged()).isEmpty();
    assertThat(finding.highestIndex()).isLessThan(2);
  }

  @Test
  void absReversesATriggerOfTheBackdooredNetwork() {
    AbsScan scan = AbsScan.standard().withEffort(4, 60);
    AbsScan.Finding finding = scan.detect(backdoored, CLEAN, 3, AttackListener.NONE);
    AbsScan.Finding clean = scan.detect(SmallTask.victim(), CLEAN, 3, AttackListener.NONE);
    assertThat(finding.candidates())
        .anyMatch(each -> each.label() == TARGET && each.success() > 0.8);
    assertThat(finding.suspicious()).isTrue();
    assertThat(clean.suspicious()).isFalse();
  }

  private static NeuralCleanse.Finding cleanse(Model network) {
    return new NeuralCleanse(100, 16).detect(network, CLEAN, 3, AttackListener.NONE);
  }

  private static LabelledSamples patched(LabelledSamples data) {
    int[] target = IntStream.generate(() -> TARGET).limit(data.size()).toArray();
    return data.mapFeatures(BackdoorDetectionTest::patched).withClasses(target, data.width());
  }

  private static float[] patched(float[] image) {
    float[] result = image.clone();
    for (int y = 0; y < PATCH; y++) {
      for (int x = 0; x < PATCH; x++) {
        result[(SIDE - 1 - y) * SIDE + SIDE - 1 - x] = (x + y) % 2;
      }
    }
    return result;
  }
}
