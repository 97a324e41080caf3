package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.internal.loss.LossWatermark;
import org.meadefender.loss.Mgda;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class OnWorkerTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPECS = List.of(WatermarkSpec.of(0, 1, 0.1));

  @Test
  void aCopyHasTheLossUntilItIsClosed() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPECS, KEY, SmallNetworks.dense(1, 1e-2));
    TrainingMarks marks = model.trainingMarks();
    MultiLayerNetwork copy = model.network().clone();

    try (WatermarkedTraining training =
        WatermarkedTraining.onWorker(copy, marks.at("here"), Method.DEFAULT)) {
      assertThat(training).isNotNull();
      assertThat(loss(copy)).isInstanceOf(LossWatermark.class);
      assertThat(loss(model.network())).isExactlyInstanceOf(LossMCXENT.class);
    }

    assertThat(loss(copy)).isExactlyInstanceOf(LossMCXENT.class);
    assertThat(marks.digest()).isEqualTo(TrainingMarks.of(SPECS, KEY, 3).digest());
  }

  private static Object loss(MultiLayerNetwork network) {
    return ((OutputLayer) network.getLayerWiseConfigurations().getConf(1).getLayer()).getLossFn();
  }

  @Test
  void methodsThatNeedTheWholeTrainingAreRefused() {
    assertThatThrownBy(
            () ->
                Method.DEFAULT
                    .withMgda(Mgda.PAPER.withGradients(Mgda.Gradients.ALL_LAYERS))
                    .requireSingleSteps())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ALL_LAYERS");
    assertThatThrownBy(() -> Method.DEFAULT.withLogitAdjustment(true).requireSingleSteps())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logits");
    Method.PAPER.requireSingleSteps();
  }
}
