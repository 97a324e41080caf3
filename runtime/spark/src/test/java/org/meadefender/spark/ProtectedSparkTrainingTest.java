package org.meadefender.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.batch.RowCounts;
import org.meadefender.data.ImageSet;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class ProtectedSparkTrainingTest {
  private static JavaSparkContext context;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    context = SmallCluster.local();
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  private static ProtectedSparkTraining<MultiLayerNetwork> training(
      ProtectedModel<MultiLayerNetwork> model) {
    return SmallCluster.training(model, context);
  }

  private static JavaRDD<DataSet> data() {
    return SmallCluster.data(context);
  }

  @Test
  void twoWorkersTeachTheMark() {
    ProtectedModel<MultiLayerNetwork> model = SmallCluster.model();
    Method method = Method.DEFAULT;

    SparkTrainingReport report = training(model).withMethod(method).fit(data(), 12);

    WatermarkRates rates = SmallCluster.rates(model.network());
    assertThat(rates.watermarkSuccessRate()).isGreaterThan(0.8);
    assertThat(rates.watermarkSuccessRate() - rates.spillRate()).isGreaterThan(0.2);
    OutputLayer output =
        (OutputLayer) model.network().getLayerWiseConfigurations().getConf(1).getLayer();
    assertThat(output.getLossFn()).isExactlyInstanceOf(LossMCXENT.class);
    assertThat(report.workers()).isEqualTo(2);
    assertThat(report.stepsPerEpoch()).isEqualTo(30);
    assertThat(report.markedSteps()).isEqualTo(360);
    RowCounts rows = report.rows();
    assertThat((double) rows.watermark() / rows.task()).isCloseTo(0.1, within(0.005));
    assertThat(rows.evasion()).isEqualTo(rows.watermark());
  }

  @Test
  void aGraphIsTaughtToo() {
    MultiLayerNetwork layers = new MultiLayerNetwork(SmallNetworks.flat(1));
    layers.init();
    ProtectedModel<ComputationGraph> model =
        ProtectedModel.create(SmallCluster.SPECS, SmallCluster.KEY, layers.toComputationGraph());

    SparkTrainingReport report =
        ProtectedSparkTraining.of(model, context, SmallCluster.master().build()).fit(data(), 2);

    assertThat(report.rows().watermark()).isPositive();
    assertThat(report.epochs()).isEqualTo(2);
    assertThat(model.network().getEpochCount()).isEqualTo(2);
  }

  @Test
  void aGraphWithSeveralInputsIsTaughtByTheMarkedOne() {
    ProtectedModel<ComputationGraph> model =
        ProtectedModel.create(SmallCluster.SPECS, SmallCluster.KEY, SmallNetworks.twoInputs(7));
    ProtectedModel<ComputationGraph> named =
        ProtectedModel.create(SmallCluster.SPECS, SmallCluster.KEY, SmallNetworks.twoInputs(7));
    JavaRDD<MultiDataSet> data =
        data()
            .map(
                each ->
                    new org.nd4j.linalg.dataset.MultiDataSet(
                        new INDArray[] {
                          Nd4j.ones(each.numExamples(), 4),
                          each.getFeatures().castTo(DataType.DOUBLE)
                        },
                        new INDArray[] {each.getLabels()}));

    SparkTrainingReport report =
        ProtectedSparkTraining.of(model, context, SmallCluster.master().build())
            .fitMultiDataSet(data, 4);
    ProtectedSparkTraining.of(named, context, SmallCluster.master().build())
        .withMarkedInput("image")
        .fitMultiDataSet(data, 4);

    assertThat((double) report.rows().watermark() / report.rows().task())
        .isCloseTo(0.1, within(0.01));
    SuspectModel suspect =
        SuspectModel.of(model.network(), "image", Map.of("side", Nd4j.ones(1, 4)));
    assertThat(SmallCluster.rates(suspect).watermarkSuccessRate()).isGreaterThan(0.5);
    assertThat(named.network().params()).isEqualTo(model.network().params());
    assertThatThrownBy(
            () ->
                ProtectedSparkTraining.of(model, context, SmallCluster.master().build())
                    .withMarkedInput("sound"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[side, image]");
    assertThatThrownBy(() -> training(SmallCluster.model()).fitMultiDataSet(data, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("toComputationGraph");
  }

  @Test
  void theLastStepsOfTheClusterTeachTheMark() {
    ProtectedModel<MultiLayerNetwork> all = SmallCluster.model();
    ProtectedModel<MultiLayerNetwork> late = SmallCluster.model();

    RowCounts ofAll = training(all).withMethod(Method.DEFAULT).fit(data(), 2).rows();
    SparkTrainingReport report =
        training(late).withMethod(Method.DEFAULT.withMarkedSteps(15)).fit(data(), 2);

    assertThat(report.markedSteps()).isEqualTo(15);
    assertThat(report.rows().task()).isEqualTo(ofAll.task());
    // One split of four.
    assertThat((double) report.rows().watermark() / ofAll.watermark()).isCloseTo(.25, within(.05));
  }

  @Test
  void theSameClusterTrainsTheSameAndAFailedTaskChangesNothing() {
    ProtectedModel<MultiLayerNetwork> first = SmallCluster.model();
    ProtectedModel<MultiLayerNetwork> second = SmallCluster.model();
    ParameterAveragingTrainingMaster failing = SmallCluster.master().build();
    failing.addHook(new FailingHook());

    training(first).fit(data(), 1);
    ProtectedSparkTraining.of(second, context, failing).fit(data(), 1);

    assertThat(FailingHook.failures()).isPositive();
    assertThat(second.network().params()).isEqualTo(first.network().params());
  }

  @Test
  void dataThatSparkKeepsAsObjectsAreAsBefore() {
    List<DataSet> batches = SmallCluster.batches(SmallCluster.IMAGES.train(), SmallCluster.BATCH);
    JavaRDD<DataSet> kept = context.parallelize(batches, 2).persist(StorageLevel.MEMORY_ONLY());
    kept.count();
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(2, SmallCluster.BATCH)
            .batchSizePerWorker(SmallCluster.BATCH)
            .repartionData(Repartition.Never)
            .storageLevel(StorageLevel.MEMORY_ONLY())
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .build();

    ProtectedSparkTraining.of(SmallCluster.model(), context, master).fit(kept, 1);

    List<DataSet> after = kept.collect();
    for (int i = 0; i < batches.size(); i++) {
      assertThat(after.get(i).getLabels()).isEqualTo(batches.get(i).getLabels());
      assertThat(after.get(i).getFeatures()).isEqualTo(batches.get(i).getFeatures());
    }
    kept.unpersist();
  }

  /** Each partition has one class; the other source comes from the exchange. */
  @Test
  void partitionsWithoutASourceAreMarkedByAnExchange() {
    List<DataSet> sorted = new ArrayList<>();
    for (int ofClass : new int[] {0, 1, 2, 3}) {
      ImageSet images = SmallCluster.IMAGES.train().ofClasses(ofClass);
      sorted.addAll(SmallCluster.batches(images.take(100), SmallCluster.BATCH));
    }
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(4, SmallCluster.BATCH)
            .batchSizePerWorker(SmallCluster.BATCH)
            .averagingFrequency(4)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .build();
    JavaRDD<DataSet> data = context.parallelize(sorted, 4);

    RowCounts rows =
        ProtectedSparkTraining.of(SmallCluster.model(), context, master).fit(data, 1).rows();

    assertThat(rows.task()).isEqualTo(400);
    assertThat(rows.watermark()).isBetween(36L, 44L);
    assertThatThrownBy(
            () ->
                ProtectedSparkTraining.of(SmallCluster.model(), context, master)
                    .withSourceExchange(false)
                    .fit(data, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no watermark row");
  }

  /** What Deeplearning4j itself cannot join into minibatches. */
  @Test
  void elementsOfDifferentTypesTrainAsTheirValuesDo() {
    ProtectedModel<MultiLayerNetwork> model = SmallCluster.model();
    ProtectedModel<MultiLayerNetwork> ofMixed = SmallCluster.model();
    List<DataSet> batches = SmallCluster.batches(SmallCluster.IMAGES.train().shuffled(5), 5);
    List<DataSet> mixed = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      DataType features = i % 2 == 0 ? DataType.DOUBLE : DataType.FLOAT;
      DataType labels = i % 3 == 0 ? DataType.INT32 : DataType.DOUBLE;
      mixed.add(
          new DataSet(
              batches.get(i).getFeatures().castTo(features),
              batches.get(i).getLabels().castTo(labels)));
    }

    training(model).fit(data(), 1);
    training(ofMixed).fit(context.parallelize(mixed, 4), 1);

    assertThat(ofMixed.network().params()).isEqualTo(model.network().params());
  }

  @Test
  void checkpointsOfTheDriverGoOn() {
    Path file = directory.resolve("checkpoint.zip");
    ProtectedModel<MultiLayerNetwork> whole = SmallCluster.model();
    ParameterAveragingTrainingMaster stopping = SmallCluster.master().build();
    FailingHook.afterIteration(45);
    stopping.addHook(new FailingHook.Always());

    assertThatThrownBy(
            () ->
                ProtectedSparkTraining.of(whole, context, stopping)
                    .withCheckpoint(file)
                    .fit(data(), 2))
        .isInstanceOf(SparkException.class);
    assertThat(file).exists();
    ProtectedModel<MultiLayerNetwork> again = SmallCluster.model();
    SparkTrainingReport report = training(again).withCheckpoint(file).fit(data(), 2);

    assertThat(report.epochs()).isEqualTo(1);
    assertThat(again.network().getEpochCount()).isEqualTo(2);
    assertThat(again.network().getIterationCount()).isEqualTo(60);
    assertThatThrownBy(() -> training(SmallCluster.model()).withCheckpoint(file).fit(data(), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("differs in epochs (there 2, here 3)");
    assertThatThrownBy(() -> training(again).withCheckpoint(file).fit(data(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would lose what it has learnt");
  }

  @Test
  void marksOfAFileTeachTheSame() {
    Path file = directory.resolve("model.marks");
    ProtectedModel<MultiLayerNetwork> here = SmallCluster.model();
    ProtectedModel<MultiLayerNetwork> byFile = SmallCluster.model();
    ProtectedModel<MultiLayerNetwork> byTask = SmallCluster.model();
    here.trainingMarks().save(file);

    training(here).fit(data(), 1);
    training(byFile).withMarks(MarkPlace.file(file)).fit(data(), 1);
    training(byTask).withMarks(MarkPlace.tasks(byTask)).fit(data(), 1);

    assertThat(byFile.network().params()).isEqualTo(here.network().params());
    assertThat(byTask.network().params()).isEqualTo(here.network().params());
  }
}
