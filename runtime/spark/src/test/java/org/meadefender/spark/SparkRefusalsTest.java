package org.meadefender.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.nd4j.linalg.dataset.DataSet;

/** What a cluster cannot do, and what it says then. */
class SparkRefusalsTest {
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
  void aWorkerWithoutTheMarksIsNamedAndSoIsOneWithOthers() throws Exception {
    Path missing = directory.resolve("none.marks");
    String host = java.net.InetAddress.getLocalHost().getHostName();

    assertThatThrownBy(
            () -> training(SmallCluster.model()).withMarks(MarkPlace.file(missing)).fit(data(), 1))
        .hasMessageContaining("The worker on " + host + " has no training marks")
        .hasMessageContaining(missing.toString());

    Path others = directory.resolve("other.marks");
    ProtectedModel<MultiLayerNetwork> other =
        ProtectedModel.create(
            List.of(SmallCluster.SPECS.get(0).withTarget(5)),
            SmallCluster.KEY,
            SmallNetworks.flat(1));
    other.trainingMarks().save(others);
    assertThatThrownBy(
            () -> training(SmallCluster.model()).withMarks(MarkPlace.file(others)).fit(data(), 1))
        .hasMessageContaining("write those of this model there")
        .hasMessageNotContaining(Files.readString(others).strip());
  }

  @Test
  void whatCannotWorkIsRefused() {
    ParameterAveragingTrainingMaster exporting =
        SmallCluster.master().rddTrainingApproach(RDDTrainingApproach.Export).build();

    assertThatThrownBy(
            () ->
                ProtectedSparkTraining.of(SmallCluster.model(), context, exporting).fit(data(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RDDTrainingApproach.Direct");
    assertThatThrownBy(() -> training(SmallCluster.model()).fit(data().filter(each -> false), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The training data are empty");
    assertThatThrownBy(() -> training(SmallCluster.model()).fit(data(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs is 0");
    JavaRDD<DataSet> withoutB =
        context.parallelize(
            SmallCluster.batches(SmallCluster.IMAGES.train().ofClasses(0, 2, 3), 5), 2);
    assertThatThrownBy(() -> training(SmallCluster.model()).fit(withoutB, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of class 1")
        .hasMessageNotContaining("target=2");
  }
}
