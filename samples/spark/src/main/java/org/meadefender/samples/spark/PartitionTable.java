package org.meadefender.samples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.spark.ProtectedSparkTraining;
import org.meadefender.spark.SparkTrainingReport;
import org.meadefender.spec.OwnerKey;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.MarkRates;
import org.nd4j.linalg.dataset.DataSet;

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
  private final int averaging;
  private final List<String> lines = new ArrayList<>();

  private PartitionTable(SparkTask task, int epochs, int averaging) {
    this.task = task;
    this.epochs = epochs;
    this.averaging = averaging;
  }

  /** Makes the table. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]).resolveSibling("partitions.md").toAbsolutePath();
    SparkTask task =
        new SparkTask(
            SampleImages.of(System.getProperty("data", "")).load(1),
            SparkSample.number("limit", 6_000),
            OwnerKey.insecureFromSeed(1));
    PartitionTable table =
        new PartitionTable(task, SparkSample.number("epochs", 8), SparkSample.AVERAGING_FREQUENCY);
    table.run();
    Files.createDirectories(file.getParent());
    Files.write(file, table.lines);
    table.lines.forEach(System.out::println);
  }

  private void run() {
    lines.add(
        "| data | workers | epochs | steps | accuracy | WSR | WFPR | spill | marked rows per task row |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    single();
    try (JavaSparkContext context = new JavaSparkContext(configuration())) {
      for (int workers : new int[] {2, 4, 8}) {
        row("shuffled", context, workers, epochs, task.rdd(context, workers), true, false);
      }
      // As many steps as one machine makes.
      row("shuffled", context, 2, 2 * epochs, task.rdd(context, 2), true, false);
      row("shuffled", context, 4, 4 * epochs, task.rdd(context, 4), true, false);
      JavaRDD<DataSet> sorted = task.sorted(context, 4);
      row("by class, exchange", context, 4, epochs, sorted, true, true);
      row("by class, no exchange", context, 4, epochs, sorted, false, true);
      row("by class, repartitioned", context, 4, epochs, sorted, false, false);
    }
  }

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

  private void row(
      String name,
      JavaSparkContext context,
      int workers,
      int passes,
      JavaRDD<DataSet> data,
      boolean exchange,
      boolean never) {
    ProtectedModel<MultiLayerNetwork> model = task.model();
    SparkTrainingReport report =
        ProtectedSparkTraining.of(
                model,
                context,
                SparkTask.master(workers, averaging)
                    .repartionData(never ? Repartition.Never : Repartition.Always)
                    .build())
            .withSourceExchange(exchange)
            .fit(data, passes);
    add(
        name,
        workers,
        passes,
        passes * report.stepsPerEpoch(),
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
    MarkRates rates = task.rates(model.network());
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
