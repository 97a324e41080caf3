package org.meadefender.samples.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.data.ImageSets;
import org.meadefender.spark.MarkPlace;
import org.meadefender.spark.ProtectedSparkTraining;
import org.meadefender.spark.SparkTrainingReport;
import org.meadefender.spec.OwnerKey;
import org.meadefender.train.ProtectedModel;

/** The sample in small: in this process, and what it cannot show, on processes of its own. */
class SmallSampleTest {
  private static final OwnerKey KEY = OwnerKey.generate();
  private static final SparkTask TASK = new SparkTask(ImageSets.drawn(64, 40, 3), 640, KEY);

  @TempDir Path directory;

  @Test
  void inOneProcessNothingOfTheSecretsIsWritten() throws Exception {
    int page = LoopbackCluster.freePort();
    Path files = Files.createDirectories(directory.resolve("files"));
    Path marks = directory.resolve("model.marks");
    TASK.model().trainingMarks().save(marks);
    SparkConf configuration =
        new SparkConf()
            .setAppName("small")
            .setMaster("local[2]")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.ui.port", Integer.toString(page))
            .set("spark.local.dir", files.resolve("local").toString())
            .set("spark.shuffle.compress", "false")
            .set("spark.eventLog.enabled", "true")
            .set("spark.eventLog.dir", files.toUri().toString());
    Map<String, Object> report = new LinkedHashMap<>();

    Map<String, Object> figures =
        new SparkSample(directory, TASK, KEY, 1, 2, false)
            .on(configuration, page, MarkPlace.file(marks), files, List::of, report);

    assertThat(report)
        .containsEntry("secretInLogs", false)
        .containsEntry("secretPlaces", List.of());
    assertThat(String.valueOf(report.get("canaryPlaces")))
        .contains("page environment: canary", "configuration: canary", "local-");
    assertThat(report.get("searchedShuffleFiles")).isInstanceOf(Long.class).isNotEqualTo(0L);
    assertThat(report.get("traffic"))
        .isInstanceOfSatisfying(
            ClusterTraffic.Bytes.class,
            bytes -> {
              assertThat(bytes.shuffleBytes()).isPositive();
              assertThat(bytes.resultBytes()).isPositive();
            });
    assertThat(figures).containsKeys("accuracy", "WSR", "seconds", "plainAccuracy");
  }

  @Test
  void aWorkerThatDiesIsReplacedAndOneWithoutMarksIsNamed() {
    ProtectedModel<MultiLayerNetwork> model = TASK.model();
    String marks = model.trainingMarks().toText();
    try (LoopbackCluster cluster =
        LoopbackCluster.start(
            directory.resolve("cluster"),
            List.of(Map.of("MARKS", marks, "ALSO", marks), Map.of("MARKS", marks)))) {
      try (JavaSparkContext context =
          new JavaSparkContext(
              cluster
                  .configuration("faults", LoopbackCluster.freePort())
                  .set("spark.task.maxFailures", "1"))) {
        assertThatThrownBy(() -> train(model, context, "ALSO"))
            .hasMessageContaining("The worker on ")
            .hasMessageContaining("The environment variable ALSO is not set")
            .hasMessageNotContaining(marks);
      }
      try (JavaSparkContext context =
          new JavaSparkContext(cluster.configuration("faults", LoopbackCluster.freePort()))) {
        AtomicInteger killed = new AtomicInteger();
        context
            .sc()
            .addSparkListener(
                new SparkListener() {
                  private int jobs;

                  @Override
                  public void onJobEnd(SparkListenerJobEnd end) {
                    jobs++;
                    // In the middle: the survey and the first splits are done.
                    if (jobs == 12 && cluster.killExecutor(0)) {
                      killed.incrementAndGet();
                    }
                  }
                });

        SparkTrainingReport report = train(model, context, "MARKS");

        assertThat(killed).hasValue(1);
        assertThat(model.network().getIterationCount()).isEqualTo(2 * report.stepsPerEpoch());
        assertThat(model.network().params().sumNumber().doubleValue()).isFinite();
        assertThat(report.rows().watermark()).isPositive();
      }
    }
  }

  private static SparkTrainingReport train(
      ProtectedModel<MultiLayerNetwork> model, JavaSparkContext context, String variable) {
    return ProtectedSparkTraining.of(model, context, SparkTask.master(2, 2).build())
        .withMarks(MarkPlace.variable(variable))
        .fit(TASK.rdd(context, 2), 2);
  }
}
