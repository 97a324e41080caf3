package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** MGDA with the gradients of the last layer and of all. */
class BalanceTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));

  private static Method method(Mgda mgda, Mgda.Gradients gradients) {
    return Method.PAPER.withMgda(mgda.withGradients(gradients));
  }

  private static TrainingOptions options(Mgda mgda, Mgda.Gradients gradients) {
    return TrainingOptions.epochs(3).withMethod(method(mgda, gradients));
  }

  /** A network whose last layer is all of it. */
  private static MultiLayerConfiguration oneLayer() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(1e-2))
        .list()
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  @ParameterizedTest
  @EnumSource(Mgda.Normalization.class)
  void theProductsOfThePassItselfAreThoseOfTheGradients(Mgda.Normalization normalization) {
    for (boolean keepUtility : new boolean[] {true, false}) {
      Mgda mgda = new Mgda(normalization, keepUtility, Mgda.Gradients.LAST_LAYER);
      var fast = ProtectedModel.create(SPEC, KEY, oneLayer());
      var slow = ProtectedModel.create(SPEC, KEY, oneLayer());
      TrainingReport.Epoch first =
          fast.fit(SmallTasks.vectors(), options(mgda, Mgda.Gradients.LAST_LAYER)).epochs().get(0);
      TrainingReport.Epoch second =
          slow.fit(SmallTasks.vectors(), options(mgda, Mgda.Gradients.ALL_LAYERS)).epochs().get(0);
      assertThat(first.alphas()).hasSize(6);
      for (int i = 0; i < 6; i++) {
        LossAlphas one = first.alphas().get(i);
        LossAlphas other = second.alphas().get(i);
        assertThat(one.utility()).isCloseTo(other.utility(), within(1e-3));
        assertThat(one.watermark()).isCloseTo(other.watermark(), within(1e-3));
        assertThat(one.evasion()).isCloseTo(other.evasion(), within(1e-3));
      }
      assertThat(slow.network().params().equalsWithEps(fast.network().params(), 1e-3)).isTrue();
    }
  }

  @Test
  void allLayersTrainTaskAndWatermarkAndCountAsOneStep() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    AtomicInteger iterations = new AtomicInteger();
    AtomicInteger epochs = new AtomicInteger();
    AtomicInteger gradients = new AtomicInteger();
    model
        .network()
        .setListeners(
            new BaseTrainingListener() {
              @Override
              public void iterationDone(Model network, int iteration, int epoch) {
                iterations.incrementAndGet();
              }

              @Override
              public void onGradientCalculation(Model network) {
                gradients.incrementAndGet();
              }

              @Override
              public void onEpochEnd(Model network) {
                epochs.incrementAndGet();
              }
            });
    TrainingReport report =
        model.fit(
            SmallTasks.vectors(),
            TrainingOptions.epochs(40)
                .withMethod(
                    method(Mgda.RELEASED, Mgda.Gradients.ALL_LAYERS)
                        .withWeights(LossWeights.DEFAULT)));
    assertThat(iterations).hasValue(40 * 6);
    assertThat(gradients).hasValue(40 * 6);
    assertThat(epochs).hasValue(40);
    assertThat(model.network().getEpochCount()).isEqualTo(40);
    TrainingReport.Epoch first = report.epochs().get(0);
    TrainingReport.Epoch last = report.epochs().get(39);
    assertThat(last.terms().utility()).isLessThan(first.terms().utility() / 3);
    assertThat(last.terms().verification()).isLessThan(first.terms().verification() / 3);
    assertThat(model.network().getLayerWiseConfigurations().toJson()).doesNotContain("meadefender");
  }

  @Test
  void graphsAreBalancedAsLayersAre() {
    ImageSet images = ImageSets.drawn(6, 1, 1).train();
    ProtectedModel<ComputationGraph> graph =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutionalGraph(7));
    var layers = ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    graph.network().setParams(layers.network().params());
    TrainingOptions options = options(Mgda.RELEASED, Mgda.Gradients.ALL_LAYERS);
    graph.fit(images.shuffledIterator(32, 3), options);
    layers.fit(images.shuffledIterator(32, 3), options);
    assertThat(graph.network().params().equalsWithEps(layers.network().params(), 1e-4)).isTrue();
  }

  @Test
  void aTrainingThatGoesOnEndsWithTheSameBits(@TempDir Path directory) {
    Method all = method(Mgda.PAPER, Mgda.Gradients.ALL_LAYERS);
    TrainingOptions two = TrainingOptions.epochs(2).withMethod(all);
    AtomicBoolean stop = new AtomicBoolean();
    TrainingOptions stopped =
        two.withCheckpoints(directory)
            .withProgress(progress -> stop.set(progress.epoch() == 2))
            .withCancel(stop::get);
    var whole = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    whole.fit(SmallTasks.vectors(), two);
    ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2))
        .fit(SmallTasks.vectors(), stopped);
    var resumed = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    assertThat(resumed.fit(SmallTasks.vectors(), two.withCheckpoints(directory)).epochs())
        .hasSize(1);
    assertThat(resumed.network().params()).isEqualTo(whole.network().params());
  }

  @Test
  void otherTrainersCannotTakeThem() {
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.begin(method(Mgda.PAPER, Mgda.Gradients.ALL_LAYERS)))
        .withMessageContaining("ALL_LAYERS")
        .withMessageContaining("call fit");
  }
}
