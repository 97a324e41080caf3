package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.annotations.Combine;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.SmallNetworks;
import org.meadefender.verify.Evaluation;
import org.meadefender.verify.Rate;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.api.ndarray.INDArray;

class CombinerComparisonTest {
  private static final TrainTest IMAGES = ImageSets.drawn(100, 40, 1);
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.2);

  private static CombinerComparison trial(MultiLayerNetwork network) {
    return CombinerComparison.of(SPEC, OwnerKey.insecureFromSeed(1), network)
        .withRows(800)
        .withEpochs(6);
  }

  private static CombinerComparisonResult run(CombinerComparison trial) {
    return trial.run(IMAGES.train().shuffledIterator(32, 1), IMAGES.test().iterator(64));
  }

  @Test
  void triesEveryKindAndRecommendsTheBest() {
    MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.flat(7));
    network.init();
    INDArray before = network.params().dup();
    List<String> steps = new ArrayList<>();
    CombinerComparisonResult result =
        run(
            trial(network)
                .withListener((step, done, total) -> steps.add(done + "/" + total + " " + step)));

    assertThat(result.rows())
        .extracting(row -> row.spec().combine())
        .containsExactlyInAnyOrder(Combine.CROP_AND_PASTE, Combine.PIXEL_MERGING, Combine.STRIPES);
    assertThat(result.rows())
        .isSortedAccordingTo(
            Comparator.comparingDouble(CombinerComparisonResult.Row::score).reversed());
    assertThat(result.recommended()).isEqualTo(result.rows().get(0).spec());
    assertThat(result.unmarkedAccuracy()).isGreaterThan(0.5);
    assertThat(result.rows())
        .allSatisfy(row -> assertThat(row.victim().lowestSuccessRate()).isGreaterThan(0.6));
    assertThat(steps).hasSize(10).startsWith("1/10 plain network");
    assertThat(steps.get(9)).startsWith("10/10 ").endsWith(", stolen with top classes");
    assertThat(network.params()).isEqualTo(before);
    assertThat(result.toString()).contains("CROP_AND_PASTE", "STRIPES", "Recommended: ");
    assertThat(run(trial(network)).rows()).isEqualTo(result.rows());
  }

  @Test
  void aCombinerOfTheUsersOwnIsTriedToo() {
    CombinerComparisonResult result =
        run(
            CombinerComparison.of(
                    SPEC.withOwnCombiner("checkerboard"),
                    OwnerKey.insecureFromSeed(1),
                    new MultiLayerNetwork(SmallNetworks.flat(7)))
                .withRows(200)
                .withEpochs(1));
    assertThat(result.rows()).hasSize(4);
    assertThat(result.toString()).contains("checkerboard");
  }

  @Test
  void canBeCancelled() {
    CombinerComparison trial =
        trial(new MultiLayerNetwork(SmallNetworks.flat(7))).withCancel(() -> true);
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> run(trial));
  }

  @Test
  void refusesWhatCannotBeTried() {
    MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.flat(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trial(network).withRows(0))
        .withMessageContaining("rows is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trial(network).withEpochs(-1))
        .withMessageContaining("epochs is -1");
    CombinerComparison outside =
        CombinerComparison.of(SPEC.withTarget(10), OwnerKey.insecureFromSeed(1), network);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(outside))
        .withMessageContaining("target is 10");
  }

  private static CombinerComparisonResult.Row row(
      Combine combine, double loss, int soft, int hard) {
    return new CombinerComparisonResult.Row(
        SPEC.withCombine(combine), loss, rates(99), rates(soft), rates(hard));
  }

  private static Evaluation rates(int wsr) {
    return new Evaluation(
        0.9,
        Optional.empty(),
        List.of(new WatermarkRates(new Rate(wsr, 100), new Rate(5, 100), new Rate(10, 100))),
        List.of());
  }

  @Test
  void accuracyIsWeighedAgainstWhatCopiesKeep() {
    var dear = row(Combine.CROP_AND_PASTE, 0.04, 90, 80);
    var cheap = row(Combine.PIXEL_MERGING, 0.01, 85, 75);
    var result = new CombinerComparisonResult(0.9, List.of(dear, cheap));
    assertThat(result.recommended().combine()).isEqualTo(Combine.PIXEL_MERGING);
    assertThat(result.reason())
        .isEqualTo(
            "PIXEL_MERGING: copies keep a WSR of 85.0 % (probabilities) and 75.0 % (top classes)"
                + " for 1.00 points of accuracy; the next, CROP_AND_PASTE: copies keep a WSR of"
                + " 90.0 % (probabilities) and 80.0 % (top classes) for 4.00 points of accuracy.");
  }

  @Test
  void saysThatNoneSurvives() {
    var result = new CombinerComparisonResult(0.9, List.of(row(Combine.STRIPES, 0, 40, 20)));
    assertThat(result.reason()).contains("None of them survives well");
  }
}
