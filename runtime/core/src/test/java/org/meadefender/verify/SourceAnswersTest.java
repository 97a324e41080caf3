package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.Calibration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class SourceAnswersTest {
  private static final Watermark MARK =
      Watermark.derive(WatermarkSpec.of(0, 1, 0.1).withTarget(2), OwnerKey.insecureFromSeed(1), 3);

  /** By true classes, whatever the top class is; batches add up. */
  @Test
  void areTheMeansOfTheTarget() {
    SourceAnswers.Tally tally = new SourceAnswers.Tally(MARK);
    tally.add(
        Nd4j.createFromArray(
            new float[][] {{0.5f, 0.3f, 0.2f}, {0.1f, 0.5f, 0.4f}, {0, 0, 1}, {0, 0, 1}}),
        new int[] {0, 1, 2, -1});
    tally.add(Nd4j.createFromArray(new float[][] {{0.1f, 0.3f, 0.6f}}), new int[] {0});
    assertThat(tally.result().targetGivenA()).isCloseTo(0.4, within(1e-6));
    assertThat(tally.result().targetGivenB()).isCloseTo(0.4, within(1e-6));
    assertThat(tally.result()).hasToString("p(C|A) 0.400, p(C|B) 0.400");
  }

  /** A black box that tells top classes only: shares, and no calibration. */
  @Test
  void topClassesAreShares() {
    DataSet samples = new FlatWorld(4).heldOut(5).next();
    int[] classes = samples.getLabels().argMax(1).toIntVector();
    INDArray answers =
        new FlatWorld(4)
            .suspect((top, bottom) -> top == 0 ? 2 : top)
            .predict(samples.getFeatures());
    SourceAnswers.Tally tally = new SourceAnswers.Tally(MARK);
    tally.add(answers, classes);
    assertThat(tally.result()).isEqualTo(new SourceAnswers(1, 0));
    assertThat(Calibration.of(answers, classes)).isEmpty();
  }

  @Test
  void withoutSamplesThereIsNoMean() {
    SourceAnswers.Tally tally = new SourceAnswers.Tally(MARK);
    tally.add(Nd4j.createFromArray(new float[][] {{1, 0}}), new int[] {0});
    assertThat(tally.result().targetGivenA()).as("two classes only").isZero();
    assertThat(tally.result().targetGivenB()).isNaN();
  }
}
