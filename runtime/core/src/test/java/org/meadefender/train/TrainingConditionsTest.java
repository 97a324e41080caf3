package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.internal.network.Networks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** What people train with, and what their data are like. */
class TrainingConditionsTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));
  private static final Adam ADAM = new Adam(1e-2);

  static TrainingOptions uncoupled(int epochs) {
    return TrainingOptions.epochs(epochs).withMethod(Method.DEFAULT.withRecipe(RowRecipe.PAPER));
  }

  private static ProtectedModel<MultiLayerNetwork> dense() {
    return ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
  }

  private static List<DataSet> rows() {
    List<DataSet> rows = new ArrayList<>();
    SmallTasks.vectors().forEachRemaining(batch -> rows.addAll(batch.asList()));
    return rows;
  }

  static void assertLearnt(TrainingReport report) {
    TrainingReport.Epoch first = report.epochs().get(0);
    TrainingReport.Epoch last = report.epochs().get(report.epochs().size() - 1);
    assertThat(last.terms().utility()).isLessThan(first.terms().utility() / 2);
    assertThat(last.terms().verification()).isLessThan(first.terms().verification() / 2);
  }

  private static double successRate(MultiLayerNetwork network, TrainTest images) {
    Watermark mark = Watermark.deriveAll(SPEC, KEY, 10).get(0);
    return MarkMeasurement.prepare(mark, images.test().iterator(64), 300)
        .watermarkSuccessRate(SuspectModel.of(network));
  }

  @Test
  void aRareSourceClassIsEnough() {
    List<DataSet> rows = new ArrayList<>();
    int[] ofRare = new int[1];
    for (DataSet row : rows()) {
      if (row.getLabels().getDouble(0, 0) == 0 || ofRare[0]++ < 2) {
        rows.add(row);
      }
    }
    assertThat(rows).hasSize(64 + 2);
    TrainingReport report = dense().fit(new ListDataSetIterator<>(rows, 16), uncoupled(40));
    assertLearnt(report);
  }

  /** Every batch is of one class, so that none has both sources, and a third has none. */
  @Test
  void batchesNeedNoSourceRows() {
    List<DataSet> rows = new ArrayList<>();
    for (int label = 0; label < 3; label++) {
      for (DataSet row : rows()) {
        if (row.getLabels().getDouble(0, label) == 1) {
          rows.add(row);
        }
      }
    }
    assertLearnt(dense().fit(new ListDataSetIterator<>(rows, 16), uncoupled(60)));
  }

  @Test
  void smoothedLabelsStayAsTheyAre() {
    List<DataSet> batches = new ArrayList<>();
    SmallTasks.vectors().forEachRemaining(batches::add);
    batches.forEach(batch -> batch.getLabels().muli(0.9).addi(0.1 / 3));
    INDArray before = batches.get(0).getLabels().dup();
    TrainingReport report = dense().fit(new ExistingDataSetIterator(batches), uncoupled(40));
    assertThat(batches.get(0).getLabels()).isEqualTo(before);
    // The entropy of the labels themselves is 0.29.
    TrainingReport.Epoch last = report.epochs().get(39);
    assertThat(last.terms().utility()).isBetween(0.28, 0.45);
    assertThat(last.terms().verification())
        .isLessThan(report.epochs().get(0).terms().verification() / 2);
  }

  @Test
  void weightsOfClassesHoldForTaskRowsOnly() {
    LossMCXENT loss = new LossMCXENT(Nd4j.createFromArray(2.0, 2.0, 1.0).reshape(1, 3));
    var weighted = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(ADAM, loss));
    var plain = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(ADAM, new LossMCXENT()));
    double first =
        weighted.fit(SmallTasks.vectors(), uncoupled(1)).epochs().get(0).terms().utility();
    double other = plain.fit(SmallTasks.vectors(), uncoupled(1)).epochs().get(0).terms().utility();
    assertThat(first / other).isBetween(1.4, 1.9);
    assertLearnt(weighted.fit(SmallTasks.vectors(), uncoupled(40)));
  }

  /** Rows that the user masks have no loss. */
  @Test
  void maskedRowsAreNotLearnt() {
    List<DataSet> batches = new ArrayList<>();
    SmallTasks.vectors().forEachRemaining(batches::add);
    for (DataSet batch : batches) {
      INDArray nonsense = Nd4j.valueArrayOf(new long[] {4, 8}, 3f);
      batch.setFeatures(Nd4j.concat(0, batch.getFeatures(), nonsense));
      INDArray labels = Nd4j.zeros(4, 3);
      labels.getColumn(2).assign(1);
      batch.setLabels(Nd4j.concat(0, batch.getLabels(), labels));
      batch.setLabelsMaskArray(
          Nd4j.concat(0, Nd4j.ones(batch.numExamples() - 4, 1), Nd4j.zeros(4, 1)));
    }
    ProtectedModel<MultiLayerNetwork> masked = dense();
    assertLearnt(masked.fit(new ExistingDataSetIterator(batches), uncoupled(40)));
    List<DataSet> unmasked = batches.stream().map(DataSet::copy).toList();
    unmasked.forEach(batch -> batch.setLabelsMaskArray(null));
    ProtectedModel<MultiLayerNetwork> taught = dense();
    taught.fit(new ExistingDataSetIterator(unmasked), uncoupled(40));
    INDArray nonsense = Nd4j.valueArrayOf(new long[] {1, 8}, 3f);
    assertThat(taught.network().output(nonsense).getDouble(0, 2)).isGreaterThan(0.9);
    assertThat(masked.network().output(nonsense).getDouble(0, 2)).isLessThan(0.9);
  }

  /** Calls that listeners with statistics of gradients and activations rely on. */
  @Test
  void listenersSeeEveryPartOfAStepOnce() {
    List<String> calls = new ArrayList<>();
    MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.dense(1, 1e-2));
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            calls.add("start");
          }

          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            calls.add("forward " + activations.size());
          }

          @Override
          public void onGradientCalculation(Model model) {
            Map<String, INDArray> gradients = model.gradient().gradientForVariable();
            calls.add("gradient " + gradients.keySet());
          }

          @Override
          public void onBackwardPass(Model model) {
            calls.add("backward");
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            calls.add("done " + iteration + " " + epoch + " " + Double.isFinite(model.score()));
          }

          @Override
          public void onEpochEnd(Model model) {
            calls.add("end");
          }
        });
    ProtectedModel.create(SPEC, KEY, network).fit(SmallTasks.vectors(), 2);
    List<String> whenProtected = List.copyOf(calls);
    calls.clear();
    MultiLayerNetwork plain = new MultiLayerNetwork(SmallNetworks.dense(1, 1e-2));
    plain.init();
    plain.setListeners(network.getListeners());
    plain.fit(SmallTasks.vectors(), 2);
    assertThat(whenProtected).isEqualTo(calls);
  }

  @Test
  void learningRatesFollowTheirSchedule() {
    Adam falling = new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 1e-2, 0.5));
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(falling, new LossMCXENT()));
    model.fit(SmallTasks.vectors(), 2);
    assertThat(model.network().getLearningRate(0)).isCloseTo(2.5e-3, within(1e-9));
    Adam perStep = new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 1e-2, 0.5));
    var steps = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(perStep, new LossMCXENT()));
    steps.fit(SmallTasks.vectors(), 1);
    assertThat(steps.network().getLearningRate(0)).isCloseTo(1e-2 / 64, within(1e-9));
  }

  /** NaN comes in the second epoch. */
  private static DataSetIterator brokenInTheSecondEpoch() {
    List<DataSet> batches = new ArrayList<>();
    SmallTasks.vectors().forEachRemaining(batches::add);
    int[] resets = new int[1];
    return new ExistingDataSetIterator(batches) {
      private static final long serialVersionUID = 1L;

      @Override
      public void reset() {
        super.reset();
        // The first two are of the counting.
        if (resets[0]++ == 3) {
          batches.get(2).getFeatures().putScalar(0, 0, Float.NaN);
        }
      }
    };
  }

  @Test
  void theLastGoodCheckpointStaysWhereTheLossIsNoNumber(@TempDir Path directory) {
    ProtectedModel<MultiLayerNetwork> model = dense();
    assertThatExceptionOfType(TrainingDivergedException.class)
        .isThrownBy(
            () ->
                model.fit(
                    brokenInTheSecondEpoch(), TrainingOptions.epochs(3).withCheckpoints(directory)))
        .withMessageContaining("epoch 2")
        .withMessageContaining("utility (L_u)")
        .withMessageContaining("checkpoint in " + directory);
    ProtectedModel<MultiLayerNetwork> resumed = dense();
    TrainingOptions options = TrainingOptions.epochs(3).withCheckpoints(directory);
    assertThat(resumed.fit(SmallTasks.vectors(), options).epochs()).hasSize(2);
    assertThat(resumed.network().getEpochCount()).isEqualTo(3);
    assertThat(Double.isFinite(resumed.network().params().sumNumber().doubleValue())).isTrue();
    ProtectedModel<MultiLayerNetwork> whole = dense();
    whole.fit(SmallTasks.vectors(), 3);
    assertThat(resumed.network().params()).isEqualTo(whole.network().params());
  }

  @Test
  void aLossThatGrowsWithoutBoundStopsTheTraining() {
    var model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(new Sgd(1e5), new LossMCXENT()));
    assertThatExceptionOfType(TrainingDivergedException.class)
        .isThrownBy(() -> model.fit(SmallTasks.vectors(), 50))
        .withMessageContaining("(L_")
        .withMessageContaining("Lower the learning rate");
  }

  @Test
  void aTrainedNetworkIsMarkedByFineTuning() {
    TrainTest images = ImageSets.drawn(150, 40, 1);
    MultiLayerNetwork trained = new MultiLayerNetwork(SmallNetworks.flat(7));
    trained.init();
    IntStream.range(0, 12)
        .forEach(epoch -> trained.fit(images.train().shuffledIterator(32, epoch + 1)));
    double accuracy = Networks.accuracy(trained, images.test().iterator(64));
    assertThat(successRate(trained, images)).isLessThan(0.3);
    ProtectedModel.create(SPEC, KEY, trained).fit(images.train().shuffledIterator(32, 20), 6);
    assertThat(successRate(trained, images)).isGreaterThan(0.8);
    assertThat(Networks.accuracy(trained, images.test().iterator(64)))
        .isGreaterThan(accuracy - 0.1);
  }
}
