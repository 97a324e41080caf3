package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class ProtectedModelTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));

  private static ProtectedModel<MultiLayerNetwork> dense() {
    return ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
  }

  /** Coupling keeps the utility loss from falling: its labels are soft. */
  private static TrainingOptions uncoupled(int epochs) {
    return TrainingOptions.epochs(epochs)
        .withMethod(Method.DEFAULT.withRecipe(org.meadefender.batch.RowRecipe.PAPER));
  }

  @Test
  void trainsTheUsersTaskAndTheWatermark() {
    TrainingReport report = dense().fit(SmallTasks.vectors(), uncoupled(30));
    TrainingReport.Epoch first = report.epochs().get(0);
    TrainingReport.Epoch last = report.epochs().get(29);
    assertThat(first.terms().taskRows()).isEqualTo(96);
    assertThat(last.terms().utility()).isLessThan(first.terms().utility() / 3);
    assertThat(last.terms().verification()).isLessThan(first.terms().verification() / 3);
    assertThat(report.samplesPerSecond()).isPositive();
    assertThat(report.cancelled()).isFalse();
  }

  @Test
  void twoTrainingsWithTheSameSeedsAreBitwiseEqual() {
    ImageSet images = ImageSets.drawn(13, 1, 1).train();
    var first = ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    var second = ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    first.fit(images.shuffledIterator(32, 3), 2);
    second.fit(images.shuffledIterator(32, 3), 2);
    assertThat(second.network().params()).isEqualTo(first.network().params());
  }

  @Test
  void graphsTrainAsLayersDo() {
    ImageSet images = ImageSets.drawn(13, 1, 1).train();
    ProtectedModel<ComputationGraph> graph =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutionalGraph(7));
    var layers = ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    graph.network().setParams(layers.network().params());
    graph.fit(images.shuffledIterator(32, 3), 2);
    layers.fit(images.shuffledIterator(32, 3), 2);
    assertThat(graph.network().params().equalsWithEps(layers.network().params(), 1e-5)).isTrue();
  }

  @Test
  void lossLayersCarryAWatermarkToo() {
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.withLossLayer(1));
    TrainingReport report = model.fit(SmallTasks.vectors(), 30);
    assertThat(report.epochs().get(29).terms().verification())
        .isLessThan(report.epochs().get(0).terms().verification() / 3);
  }

  @Test
  void leavesLossAndListenersAsTheyWere() {
    ProtectedModel<MultiLayerNetwork> model = dense();
    AtomicInteger iterations = new AtomicInteger();
    TrainingListener own =
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model network, int iteration, int epoch) {
            iterations.incrementAndGet();
          }
        };
    model.network().setListeners(own);
    String before = model.network().getLayerWiseConfigurations().toJson();
    model.fit(SmallTasks.vectors(), 1);
    assertThat(model.network().getListeners()).containsExactly(own);
    // The counters are part of the configuration.
    assertThat(
            model
                .network()
                .getLayerWiseConfigurations()
                .toJson()
                .replaceAll("\"(iteration|epoch)Count\" : \\d+", ""))
        .isEqualTo(before.replaceAll("\"(iteration|epoch)Count\" : \\d+", ""));
    assertThat(iterations).hasValue(6);
  }

  @Test
  void keepsWhatATrainedNetworkKnows() {
    MultiLayerNetwork trained = new MultiLayerNetwork(SmallNetworks.dense(1, 1e-2));
    trained.init();
    for (int epoch = 0; epoch < 20; epoch++) {
      trained.fit(SmallTasks.vectors());
    }
    var before = trained.params().dup();
    var model = ProtectedModel.create(SPEC, KEY, trained);
    assertThat(model.network()).isSameAs(trained);
    assertThat(model.network().params()).isEqualTo(before);
  }

  @Test
  void canBeCancelled() {
    List<TrainingProgress> seen = new ArrayList<>();
    TrainingReport report =
        dense()
            .fit(
                SmallTasks.vectors(),
                TrainingOptions.epochs(1_000)
                    .withProgress(seen::add)
                    .withCancel(() -> seen.size() >= 20));
    assertThat(report.cancelled()).isTrue();
    assertThat(report.epochs().size()).isLessThan(10);
  }

  @Test
  void reportsItsProgress() {
    List<TrainingProgress> seen = new ArrayList<>();
    dense().fit(SmallTasks.vectors(), TrainingOptions.epochs(2).withProgress(seen::add));
    assertThat(seen).hasSize(2 * 6 + 2);
    assertThat(seen.stream().filter(TrainingProgress::epochDone)).hasSize(2);
    TrainingProgress inSecondEpoch = seen.get(8);
    assertThat(inSecondEpoch.epoch()).isEqualTo(2);
    assertThat(inSecondEpoch.remaining()).isPositive();
    assertThat(inSecondEpoch.toString()).contains("epoch 2/2", "samples/s", "L_ver");
  }

  @Test
  void evaluatesAfterEveryEpoch() {
    List<TrainingProgress> seen = new ArrayList<>();
    TrainingReport report =
        dense()
            .fit(
                SmallTasks.vectors(),
                uncoupled(20).withEvaluation(SmallTasks.vectors()).withProgress(seen::add));
    Evaluation first = report.epochs().get(0).evaluation().orElseThrow();
    Evaluation last = report.epochs().get(19).evaluation().orElseThrow();
    assertThat(last.accuracy()).isGreaterThan(0.9).isGreaterThan(first.accuracy());
    assertThat(last.marks().get(0).watermarkSuccessRate()).isGreaterThan(0.9);
    assertThat(last.calibration().orElseThrow().logLoss())
        .isLessThan(first.calibration().orElseThrow().logLoss());
    assertThat(last.sourceAnswers()).hasSize(1);
    assertThat(seen.get(seen.size() - 1).toString())
        .contains("accuracy", "log loss", "calibration error", "WSR", "p(C|A)");
  }

  @Test
  void stopsWhereTheLossIsNoNumber() {
    List<DataSet> rows = new ArrayList<>();
    SmallTasks.vectors().forEachRemaining(rows::add);
    rows.get(2).getFeatures().putScalar(0, 0, Float.NaN);
    ProtectedModel<MultiLayerNetwork> model = dense();
    assertThatExceptionOfType(TrainingDivergedException.class)
        .isThrownBy(() -> model.fit(new ExistingDataSetIterator(rows), 1))
        .withMessageContaining("epoch 1, batch 3")
        .withMessageContaining("utility (L_u)");
    assertThat(((BaseOutputLayer) model.network().getOutputLayer().conf().getLayer()).getLossFn())
        .isEqualTo(new LossMCXENT());
  }

  @Test
  void refusesSeedZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(0, 1e-2)))
        .withMessageContaining("seed is 0");
  }

  private static MultiLayerConfiguration withHead(Activation activation, LossFunction loss) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .list()
        .layer(new OutputLayer.Builder(loss).nIn(4).nOut(3).activation(activation).build())
        .build();
  }

  @Test
  void refusesHeadsThatAreNoSoftmaxClassifier() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ProtectedModel.create(SPEC, KEY, withHead(Activation.SIGMOID, LossFunction.XENT)))
        .withMessageContaining("activation sigmoid and the loss LossBinaryXENT")
        .withMessageContaining("softmax and cross-entropy");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ProtectedModel.create(SPEC, KEY, withHead(Activation.SOFTMAX, LossFunction.MSE)))
        .withMessageContaining("LossMSE");
  }

  @Test
  void refusesClassesThatTheNetworkLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProtectedModel.create(
                    List.of(WatermarkSpec.of(0, 3, 0.1)), KEY, SmallNetworks.dense(1, 1e-2)))
        .withMessageContaining("sourceB is 3, but the model has 3 classes");
  }

  @Test
  void refusesEpochsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense().fit(SmallTasks.vectors(), 0))
        .withMessageContaining("epochs is 0");
    ExistingDataSetIterator once = new ExistingDataSetIterator(List.<DataSet>of().iterator());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense().fit(once, 2))
        .withMessageContaining("cannot be reset");
  }

  @Test
  void accelerationIsTheUsersChoice() {
    TrainingOptions once = TrainingOptions.epochs(1).withProgress(progress -> {});
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    DataSetIterator data = ImageSets.drawn(4, 1, 1).train().iterator(20);
    assertThat(model.fit(data, once).acceleratedLayers()).isEqualTo(2);
    assertThat(model.fit(data, once.withAcceleration(false)).acceleratedLayers()).isZero();
    assertThat(model.fit(data, once).acceleratedLayers()).isEqualTo(2);
    Acceleration.disable(model.network());
    assertThat(model.fit(data, once).acceleratedLayers()).isZero();
  }

  @Test
  void aPassOverTheDataIsOneEpoch() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    assertThat(model.fit(SmallTasks.vectors()).epochs()).hasSize(1);
    assertThat(model.network().getEpochCount()).isEqualTo(1);
  }

  @Test
  void modelsMayShareAConfiguration() {
    var shared = SmallNetworks.dense(1, 1e-2);
    String before = shared.toJson();
    var first = ProtectedModel.create(SPEC, KEY, shared);
    var second = ProtectedModel.create(SPEC, KEY, shared);
    first.fit(SmallTasks.vectors(), 2);
    assertThat(second.network().getIterationCount()).isZero();
    assertThat(second.network().getEpochCount()).isZero();
    assertThat(shared.toJson()).isEqualTo(before);
    try (WatermarkedTraining one = first.begin(Method.DEFAULT);
        WatermarkedTraining other = second.begin(Method.DEFAULT)) {
      assertThat(one.decorate(SmallTasks.vectors()).next()).isNotNull();
      assertThat(other.decorate(SmallTasks.vectors()).next()).isNotNull();
    }
    var graph = SmallNetworks.convolutionalGraph(7);
    ProtectedModel.create(SPEC, KEY, graph).fit(ImageSets.drawn(2, 1, 1).train().iterator(10), 1);
    assertThat(graph.getIterationCount()).isZero();
  }
}
