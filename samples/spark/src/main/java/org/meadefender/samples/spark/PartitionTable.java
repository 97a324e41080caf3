package org.meadefender.samples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.spark.ProtectedSparkTraining;
import org.meadefender.spark.SparkTrainingReport;
import org.meadefender.spec.OwnerKey;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.WatermarkRates;

/**
 * How the mark fares with more workers, and where workers lack a source class: a Markdown table.
 * Workers are simulated by threads of this process, one after the other where cores are few, so
 * that only figures other than times tell of a cluster.
 *
 * <p>Arguments: a folder, beside which the table is written. System properties: data, limit,
 * epochs.
 */
public final class PartitionTable {
  private final SparkTask task;
  private final int epochs;
  private final List<String> lines = new ArrayList<>();

  private PartitionTable(SparkTask task, int epochs) {
    this.task = task;
    this.epochs = epochs;
  }

  /** Makes the table. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]).resolveSibling("partitions.md").toAbsolutePath();
    SparkTask task =
        new SparkTask(
            SampleImages.of(System.getProperty("data", "")).load(1),
            SparkSample.number("limit", 6_000),
            OwnerKey.insecureFromSeed(1));
    PartitionTable table = new PartitionTable(task, SparkSample.number("epochs", 8));
    table.run(System.getProperty("rows", "").isBlank() ? ".*" : System.getProperty("rows"));
    Files.createDirectories(file.getParent());
    Files.write(file, table.lines);
    table.lines.forEach(System.out::println);
  }

  private void run(String wanted) {
    lines.add(
        "| data | workers | epochs | steps | accuracy | WSR | WFPR | spill | watermark rows per task"
            + " row |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    if ("one machine".matches(wanted)) {
      single();
    }
    try (JavaSparkContext context = new JavaSparkContext(configuration())) {
      for (Case each : cases()) {
        if (each.name().matches(wanted)) {
          row(context, each);
        }
      }
    }
  }

  private List<Case> cases() {
    return List.of(
        new Case("shuffled, 2 workers", 2, 1, false, Repartition.Always),
        new Case("shuffled, 4 workers", 4, 1, false, Repartition.Always),
        new Case("shuffled, 8 workers", 8, 1, false, Repartition.Always),
        new Case("by class, exchange", 4, 1, true, Repartition.Never),
        // As many steps as one machine makes.
        new Case("shuffled, 2 workers, longer", 2, 2, false, Repartition.Always),
        new Case("shuffled, 4 workers, longer", 4, 4, false, Repartition.Always));
  }

  /**
   * A row of the table.
   *
   * @param times the epochs, against the other rows
   * @param sorted whether the data are sorted by class
   */
  private record Case(
      String name, int workers, int times, boolean sorted, Repartition repartition) {}

  private static SparkConf configuration() {
    return new SparkConf()
        .setAppName("partitions")
        .setMaster("local[2]")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  private void single() {
    ProtectedModel<MultiLayerNetwork> model = task.model();
    var report = model.fit(task.images().train().shuffledIterator(SparkTask.BATCH, 1), epochs);
    add(
        "one machine",
        1,
        epochs,
        model.network().getIterationCount(),
        model,
        (double) report.rows().watermark() / report.rows().task());
  }

  private void row(JavaSparkContext context, Case each) {
    ProtectedModel<MultiLayerNetwork> model = task.model();
    SparkTrainingReport report =
        ProtectedSparkTraining.of(
                model,
                context,
                SparkTask.master(each.workers(), SparkSample.AVERAGING_FREQUENCY)
                    .repartionData(each.repartition())
                    .build())
            .fit(
                each.sorted()
                    ? task.sorted(context, each.workers())
                    : task.rdd(context, each.workers()),
                each.times() * epochs);
    add(
        each.name(),
        each.workers(),
        each.times() * epochs,
        each.times() * epochs * report.stepsPerEpoch(),
        model,
        (double) report.rows().watermark() / report.rows().task());
  }

  private void add(
      String name,
      int workers,
      int passes,
      int steps,
      ProtectedModel<MultiLayerNetwork> model,
      double ratio) {
    WatermarkRates rates = task.rates(model.network());
    lines.add(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %.3f |",
            name,
            workers,
            passes,
            steps,
            100 * task.accuracy(model.network()),
            100 * rates.watermarkSuccessRate(),
            100 * rates.falsePositiveRate(),
            100 * rates.spillRate(),
            ratio));
    System.out.println(lines.get(lines.size() - 1));
  }
}
