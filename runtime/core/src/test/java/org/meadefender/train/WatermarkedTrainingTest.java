package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;

class WatermarkedTrainingTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.2));

  @Test
  void earlyStoppingTrainsTheWatermarkToo() {
    TrainTest images = ImageSets.drawn(150, 40, 1);
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    var configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(6))
            .scoreCalculator(new DataSetLossCalculator(images.test().iterator(64), true))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result;
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      result =
          new EarlyStoppingTrainer(
                  configuration,
                  model.network(),
                  training.decorate(images.train().shuffledIterator(32, 1)))
              .fit();
    }
    model.network().setParams(result.getBestModel().params());

    assertThat(result.getScoreVsEpoch()).hasSize(6);
    Watermark mark = Watermark.deriveAll(SPEC, KEY, 10).get(0);
    double wsr =
        MarkMeasurement.prepare(mark, images.test().iterator(64), 200)
            .watermarkSuccessRate(SuspectModel.of(model.network()));
    assertThat(wsr).isGreaterThan(0.6);
    assertThat(model.network().getLayerWiseConfigurations().toJson()).doesNotContain("meadefender");
  }

  @Test
  @SuppressWarnings("try") // closing is all that the training is needed for
  void cannotBeginTwice() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    try (WatermarkedTraining unused = model.begin(Method.PAPER)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> model.begin(Method.PAPER))
          .withMessageContaining("close that one first");
    }
    model.begin(Method.PAPER).close();
  }
}
