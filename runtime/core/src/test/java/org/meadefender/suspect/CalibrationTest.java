package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class CalibrationTest {
  private static Calibration of(float[][] answers, int... classes) {
    return Calibration.of(Nd4j.createFromArray(answers), classes).orElseThrow();
  }

  /** Two answers at 0.9, one of them right, and two at 0.6, both right. */
  @Test
  void isWhatOneComputesByHand() {
    Calibration found =
        of(new float[][] {{0.9f, 0.1f}, {0.9f, 0.1f}, {0.4f, 0.6f}, {0.4f, 0.6f}}, 0, 1, 1, 1);
    double logLoss = -(Math.log(0.9) + Math.log(0.1) + 2 * Math.log(0.6)) / 4;
    assertThat(found.logLoss()).isCloseTo(logLoss, within(1e-6));
    // |0.5 − 0.9| and |1 − 0.6|, half of the samples each.
    assertThat(found.expectedCalibrationError()).isCloseTo(0.4, within(1e-6));
    assertThat(found).hasToString("log loss 0.857, calibration error 0.400");
  }

  /** In one bin too high and too low confidence cancel out, in two bins they do not. */
  @Test
  void binsAreAFifteenthWide() {
    float[][] oneBin = {{0.81f, 0.19f}, {0.85f, 0.15f}};
    assertThat(of(oneBin, 0, 1).expectedCalibrationError()).isCloseTo(0.33, within(1e-6));
    float[][] twoBins = {{0.79f, 0.21f}, {0.85f, 0.15f}};
    assertThat(of(twoBins, 0, 1).expectedCalibrationError())
        .isCloseTo((0.21 + 0.85) / 2, within(1e-6));
  }

  /** Certain and wrong: a probability of 0 has no logarithm. */
  @Test
  void probabilitiesOfZeroHaveAFloor() {
    Calibration found = of(new float[][] {{1, 0}, {0.5f, 0.5f}}, 1, 0);
    assertThat(found.logLoss()).isCloseTo((Math.log(1e7) + Math.log(2)) / 2, within(1e-6));
    // A class that the model lacks is as improbable, and never right.
    Calibration lacking = of(new float[][] {{0.5f, 0.5f}}, 2);
    assertThat(lacking.logLoss()).isCloseTo(Math.log(1e7), within(1e-6));
    assertThat(lacking.expectedCalibrationError()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void topClassesAloneHaveNone() {
    assertThat(
            Calibration.of(Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}}), new int[] {0, 0}))
        .isEmpty();
    assertThat(new Calibration.Tally().result()).isEmpty();
  }

  @Test
  void batchesAddUpAndRowsWithoutAClassDoNotCount() {
    float[][] answers = {{0.7f, 0.3f}, {0.2f, 0.8f}, {0.6f, 0.4f}};
    Calibration.Tally tally = new Calibration.Tally();
    tally.add(Nd4j.createFromArray(new float[][] {answers[0], {0.5f, 0.5f}}), new int[] {0, -1});
    tally.add(Nd4j.createFromArray(new float[][] {answers[1], answers[2]}), new int[] {0, 1});
    assertThat(tally.result()).contains(of(answers, 0, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.add(Nd4j.zeros(2, 3), new int[3]))
        .withMessageContaining("[2, 3]; expected [3, classes]");
  }
}
