package org.meadefender.samples.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;

class OwnerTest {
  private static final TrainTest IMAGES = ImageSets.drawn(20, 10, 1);

  private static Owner owner(String... settings) {
    return new Owner(Experiment.from(List.of(settings)), IMAGES.train());
  }

  /** The falling rate hangs on the epochs that a network counts. */
  @Test
  void aPlainNetworkDoesNotDependOnWhatWasTrainedBefore() {
    INDArray alone = owner("epochs=3").unmarked().params();
    Owner both = owner("epochs=3");
    both.marked(Experiment.from(List.of()).specs(), OwnerKey.insecureFromSeed(1));
    assertThat(both.unmarked().params()).isEqualTo(alone);
  }

  @Test
  void aSliceIsHeldOutForStopping() {
    Owner owner =
        new Owner(
            Experiment.from(List.of("epochs=2", "patience=1", "validation=0.5")),
            IMAGES.train().shuffled(1));
    assertThat(owner.training().size()).isEqualTo(100);
    owner.unmarked();
    assertThat(owner.notes()).isEmpty();
    owner.marked(Experiment.from(List.of()).specs(), OwnerKey.insecureFromSeed(1));
    assertThat(owner.notes()).contains("parameters of epoch");
  }

  /** 160 images are two batches; accuracy may well be best before the mark is taught. */
  @Test
  void aNetworkThatStoppedEarlyIsMarkedAfterwards() {
    Owner owner =
        new Owner(
            Experiment.from(
                List.of(
                    "epochs=16", "patience=1", "validation=0.2", "markedSteps=19", "coupling=0")),
            IMAGES.train().shuffled(1));
    OwnerKey key = OwnerKey.insecureFromSeed(1);
    List<WatermarkSpec> specs = Experiment.from(List.of()).specs();
    Model marked = owner.marked(specs, key);
    assertThat(owner.notes()).containsPattern("\\(marked after epoch [1-6]\\)");
    int epoch = Integer.parseInt(owner.notes().replaceAll("\\D", ""));
    int stopped = Math.min(epoch + 1, 16 - 10);
    // Nineteen batches are the last of ten epochs of two.
    assertThat(((MultiLayerNetwork) marked).getEpochCount()).isEqualTo(stopped + 10);
    MarkMeasurement mark =
        MarkMeasurement.prepare(
            Watermark.derive(specs.get(0), key, 10), IMAGES.test().iterator(50), 100);
    assertThat(mark.on(SuspectModel.of(marked)).watermark().share()).isGreaterThan(0.5);
    assertThat(mark.on(SuspectModel.of(owner.unmarked())).watermark().share()).isLessThan(0.5);
  }

  @Test
  void refusesNetworksThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> owner("network=ALEX").unmarked())
        .withMessageContaining("network is ALEX; it must be LENET");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> owner("network=PAPER_VGG").unmarked())
        .withMessageContaining("images are 1×28×28; network PAPER_VGG takes 3×32×32");
  }

  @Test
  void ratesGoUpAndDownAgain() {
    ISchedule rate = OwnerNetwork.oneCycle(100).getLearningRateSchedule();
    assertThat(rate.valueAt(0, 0)).isEqualTo(3e-4);
    assertThat(rate.valueAt(45, 0)).isCloseTo(3e-3, within(1e-6));
    assertThat(rate.valueAt(89, 0)).isBetween(3e-4, 4e-4);
    assertThat(rate.valueAt(99, 0)).isBetween(3e-5, 5e-5);
  }
}
