package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingModelSaver;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.saver.LocalFileGraphSaver;
import org.deeplearning4j.earlystopping.saver.LocalFileModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.release.ModelRelease;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Copies that are made of a network while it trains tell nothing of its watermark. */
class CopiesInTrainingTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));
  private static final ImageSet IMAGES = ImageSets.drawn(4, 1, 1).train();

  @TempDir Path directory;

  private static DataSetIterator data() {
    return IMAGES.iterator(20);
  }

  private static String configuration(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream in = file.getInputStream(file.getEntry("configuration.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void assertIsOrdinary(Model copy) throws IOException {
    Path zip = directory.resolve("released.zip");
    ModelRelease.write(copy, zip);
    assertThat(configuration(zip)).contains("LossMCXENT").doesNotContain("meadefender");
    assertThat(ProtectedModel.create(SPEC, KEY, copy).fit(data()).epochs()).hasSize(1);
  }

  private void assertCheckpointsAreOrdinary(ProtectedModel<?> model) throws IOException {
    Path folder = Files.createDirectory(directory.resolve("checkpoints"));
    model
        .network()
        .setListeners(
            List.of(
                new CheckpointListener.Builder(folder.toFile())
                    .keepAll()
                    .saveEveryNIterations(1)
                    .build()));
    model.fit(data(), 1);
    assertThat(CheckpointListener.availableCheckpoints(folder.toFile())).isNotEmpty();
    for (var each : CheckpointListener.availableCheckpoints(folder.toFile())) {
      assertThat(configuration(folder.resolve(each.getFilename())))
          .contains("LossMCXENT")
          .doesNotContain("meadefender");
    }
  }

  @Test
  void checkpointsOfDeeplearning4jNameTheNetworksOwnLoss() throws IOException {
    assertCheckpointsAreOrdinary(ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7)));
    assertIsOrdinary(
        CheckpointListener.loadLastCheckpointMLN(directory.resolve("checkpoints").toFile()));
  }

  @Test
  void soDoThoseOfAGraph() throws IOException {
    assertCheckpointsAreOrdinary(
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutionalGraph(7)));
    assertIsOrdinary(
        CheckpointListener.loadLastCheckpointCG(directory.resolve("checkpoints").toFile()));
  }

  private static <T extends Model> EarlyStoppingConfiguration<T> stopping(
      EarlyStoppingModelSaver<T> saver) {
    return new EarlyStoppingConfiguration.Builder<T>()
        .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
        .scoreCalculator((org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator) score())
        .modelSaver(saver)
        .build();
  }

  private static DataSetLossCalculator score() {
    return new DataSetLossCalculator(data(), true);
  }

  private static MultiLayerNetwork best(
      ProtectedModel<MultiLayerNetwork> model, EarlyStoppingModelSaver<MultiLayerNetwork> saver)
      throws IOException {
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      new EarlyStoppingTrainer(stopping(saver), model.network(), training.decorate(data())).fit();
    }
    return saver.getBestModel();
  }

  @Test
  void theBestNetworkOfEarlyStoppingIsOrdinary() throws IOException {
    assertIsOrdinary(
        best(ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7)), new InMemoryModelSaver<>()));
    assertIsOrdinary(
        best(
            ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7)),
            new LocalFileModelSaver(directory.toFile())));
    assertThat(configuration(directory.resolve("bestModel.bin"))).doesNotContain("meadefender");
  }

  @Test
  void soIsThatOfAGraph() throws IOException {
    for (EarlyStoppingModelSaver<ComputationGraph> saver :
        List.of(
            new InMemoryModelSaver<ComputationGraph>(),
            new LocalFileGraphSaver(directory.toString()))) {
      var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutionalGraph(7));
      try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
        new EarlyStoppingGraphTrainer(stopping(saver), model.network(), training.decorate(data()))
            .fit();
      }
      assertIsOrdinary(saver.getBestModel());
    }
    assertThat(configuration(directory.resolve("bestGraph.bin"))).doesNotContain("meadefender");
  }

  /** A copy trains as its original would before the training ends, and as any other afterwards. */
  @Test
  void aCopyInMemoryTrainsOnOrdinaryDataAfterwards() throws IOException {
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7));
    MultiLayerNetwork copy;
    MultiLayerNetwork protectedAtOnce;
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      copy = model.network().clone();
      copy.fit(training.decorate(data()));
      protectedAtOnce = copy.clone();
      assertThat(ProtectedModel.create(SPEC, KEY, protectedAtOnce).fit(data()).epochs()).hasSize(1);
      assertThatIllegalStateException()
          .isThrownBy(() -> ProtectedModel.create(SPEC, KEY, model.network()))
          .withMessageContaining("in a watermarked training already");
      assertThatIllegalStateException()
          .isThrownBy(() -> model.begin(Method.DEFAULT))
          .withMessageContaining("in a watermarked training already");
    }
    copy.fit(data());
    assertThat(copy.getLayerWiseConfigurations().toJson()).doesNotContain("meadefender");
    assertThat(((BaseOutputLayer) protectedAtOnce.getOutputLayer().conf().getLayer()).getLossFn())
        .isEqualTo(new LossMCXENT());
    assertIsOrdinary(copy);
  }
}
