package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs with several inputs, one of which carries the watermark. */
class SeveralInputsTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.2));
  private static final TrainTest IMAGES = ImageSets.drawn(150, 40, 1);

  /** Beside each image, four numbers that say something about its class. */
  private static MultiDataSetIterator data(int epoch) {
    List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
    IMAGES
        .train()
        .shuffledIterator(32, epoch + 1)
        .forEachRemaining(
            batch ->
                batches.add(
                    new MultiDataSet(
                        new INDArray[] {side(batch), batch.getFeatures()},
                        new INDArray[] {batch.getLabels()})));
    return new IteratorMultiDataSetIterator(batches.iterator(), 32);
  }

  private static INDArray side(DataSet batch) {
    int[] classes = batch.getLabels().argMax(1).toIntVector();
    INDArray side = Nd4j.zeros(classes.length, 4);
    for (int i = 0; i < classes.length; i++) {
      side.putScalar(i, classes[i] % 4, 1);
    }
    return side;
  }

  @Test
  void theMarkIsLearntReleasedAndFoundThroughItsInputAlone(@TempDir Path folder) {
    ProtectedModel<ComputationGraph> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.twoInputs(7));
    TrainingReport report = model.fit(data(0), 1);
    for (int epoch = 1; epoch < 12; epoch++) {
      report = model.fit(data(epoch), "image", TrainingOptions.epochs(1));
    }
    assertThat(report.epochs().get(0).terms().taskRows()).isEqualTo(1_500);
    Path file = folder.resolve("model.zip");
    model.release(file);
    ComputationGraph released = (ComputationGraph) SuspectModel.loadNetwork(file);
    Watermark mark = Watermark.deriveAll(SPEC, KEY, 10).get(0);
    MarkMeasurement measurement = MarkMeasurement.prepare(mark, IMAGES.test().iterator(64), 300);
    INDArray row = Nd4j.createFromArray(new float[][] {{0, 0, 1, 0}});
    WatermarkRates rates = measurement.on(SuspectModel.of(released, "image", Map.of("side", row)));
    assertThat(rates.watermarkSuccessRate()).isGreaterThan(0.7);
  }

  @Test
  void aCheckpointIsOfOneMarkedInput(@TempDir Path directory) {
    TrainingOptions options = TrainingOptions.epochs(1).withCheckpoints(directory);
    ProtectedModel.create(SPEC, KEY, SmallNetworks.twoInputs(7)).fit(data(0), "image", options);
    ProtectedModel<ComputationGraph> resumed =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.twoInputs(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resumed.fit(data(0), "side", options))
        .withMessageContaining("of another training");
    assertThat(resumed.fit(data(0), "image", options).epochs()).isEmpty();
    assertThat(resumed.network().getEpochCount()).isEqualTo(1);
  }

  @Test
  void refusesInputsThatThereAreNot() {
    ProtectedModel<ComputationGraph> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.twoInputs(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(data(0), "picture", TrainingOptions.epochs(1)))
        .withMessageContaining("no input picture")
        .withMessageContaining("[side, image]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                model.fit(
                    data(0), TrainingOptions.epochs(1).withEvaluation(IMAGES.test().iterator(64))))
        .withMessageContaining("leave withEvaluation out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SuspectModel.of(model.network(), "image", Map.of()))
        .withMessageContaining("the graph has [side, image]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SuspectModel.of(model.network(), "image", Map.of("side", Nd4j.zeros(2, 4))))
        .withMessageContaining("has 2 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SuspectModel.of(model.network()))
        .withMessageContaining("of(graph, input, others)");
  }
}
