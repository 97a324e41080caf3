package org.meadefender.samples.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.spark.MarkPlace;
import org.meadefender.spark.ProtectedSparkTraining;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a plain and a protected network on one machine and on a cluster, verifies them, and looks
 * for the key and the marks in all that the cluster wrote.
 *
 * <p>Arguments: an empty directory for the report and the cluster's files. System properties: data
 * (images; drawn ones by default), limit, epochs, workers.
 */
public final class SparkSample {
  static final int AVERAGING_FREQUENCY = 5;

  /** In the settings of the cluster's programs, to see that the search finds what is there. */
  private static final String CANARY = "spark.sample.canary";

  private final Path directory;
  private final SparkTask task;
  private final OwnerKey key;
  private final int epochs;
  private final int workers;
  private final boolean verifies;

  /**
   * A sample that writes into an empty directory.
   *
   * @param verifies whether verdicts are given, which trains reference networks
   */
  SparkSample(
      Path directory, SparkTask task, OwnerKey key, int epochs, int workers, boolean verifies) {
    this.directory = directory;
    this.task = task;
    this.key = key;
    this.epochs = epochs;
    this.workers = workers;
    this.verifies = verifies;
  }

  /** Runs the sample. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]).toAbsolutePath();
    OwnerKey key = OwnerKey.generate();
    SparkTask task =
        new SparkTask(
            SampleImages.of(System.getProperty("data", "")).load(1), number("limit", 6_000), key);
    new SparkSample(directory, task, key, number("epochs", 8), number("workers", 2), true).run();
  }

  /** A system property; its default where it is not set, or blank. */
  static int number(String property, int otherwise) {
    String value = System.getProperty(property, "");
    return value.isBlank() ? otherwise : Integer.parseInt(value.strip());
  }

  private void run() throws IOException {
    clear(directory);
    Files.createDirectories(directory);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("workers", workers);
    report.put("single", onOneMachine());
    report.put("spark", onTheCluster(report));
    Path file = directory.resolve("report.json");
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
    System.out.println(Files.readString(file));
    System.out.println(file);
  }

  private Map<String, Object> onOneMachine() {
    long begun = System.nanoTime();
    MultiLayerNetwork plain = new MultiLayerNetwork(task.configuration());
    plain.init();
    Acceleration.enable(plain);
    DataSetIterator data = task.images().train().shuffledIterator(SparkTask.BATCH, 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      data.reset();
      plain.fit(data);
    }
    double plainSeconds = seconds(begun);
    begun = System.nanoTime();
    ProtectedModel<MultiLayerNetwork> model = task.model();
    model.fit(task.images().train().shuffledIterator(SparkTask.BATCH, 1), epochs);
    return figures(plain, plainSeconds, model, seconds(begun));
  }

  private Map<String, Object> onTheCluster(Map<String, Object> report) throws IOException {
    // Of its own, as a secret that a cluster manager mounts on each machine.
    Path marks = directory.resolve("secrets").resolve("model.marks");
    Files.createDirectories(marks.getParent());
    task.model().trainingMarks().save(marks);
    int page = LoopbackCluster.freePort();
    try (LoopbackCluster cluster = LoopbackCluster.start(directory.resolve("cluster"), workers)) {
      return on(
          cluster.configuration("sample", page),
          page,
          MarkPlace.file(marks),
          cluster.directory(),
          cluster::pages,
          report);
    }
  }

  /**
   * Trains on any cluster, and looks for secrets.
   *
   * @param page port of the program's own pages
   * @param files where all files of the cluster are
   * @param pages what the cluster's pages show
   * @param report gets what was found
   */
  Map<String, Object> on(
      SparkConf configuration,
      int page,
      MarkPlace place,
      Path files,
      Supplier<List<String>> pages,
      Map<String, Object> report)
      throws IOException {
    ProtectedModel<MultiLayerNetwork> model = task.model();
    String canary = UUID.randomUUID().toString();
    SecretScan scan =
        new SecretScan()
            .bytes("owner's key", keyBytes())
            .marks(model.trainingMarks(), task.target());
    SecretScan canaries = new SecretScan().text("canary", canary);
    Map<String, Object> figures;
    try (JavaSparkContext context = new JavaSparkContext(configuration.set(CANARY, canary))) {
      // While shuffle files and temporary directories are there.
      context.sc().addSparkListener(new SearchWhileTraining(files, List.of(scan, canaries)));
      JavaRDD<DataSet> data = task.rdd(context, 2 * workers);
      ClusterTraffic traffic = ClusterTraffic.of(context);
      long begun = System.nanoTime();
      MultiLayerNetwork plain = new MultiLayerNetwork(task.configuration());
      plain.init();
      SparkDl4jMultiLayer trainer =
          new SparkDl4jMultiLayer(
              context, plain, SparkTask.master(workers, AVERAGING_FREQUENCY).build());
      for (int epoch = 0; epoch < epochs; epoch++) {
        trainer.fit(data);
      }
      double plainSeconds = seconds(begun);
      report.put("plainTraffic", traffic.stop(context));
      traffic = ClusterTraffic.of(context);
      begun = System.nanoTime();
      ProtectedSparkTraining.of(
              model, context, SparkTask.master(workers, AVERAGING_FREQUENCY).build())
          .withMarks(place)
          .fit(data, epochs);
      double protectedSeconds = seconds(begun);
      report.put("traffic", traffic.stop(context));
      for (SecretScan each : List.of(scan, canaries)) {
        SparkPages.search(each, page, context);
        pages.get().forEach(text -> each.search("page of the cluster", text));
        each.search(files);
      }
      figures = figures(plain, plainSeconds, model, protectedSeconds);
    }
    for (SecretScan each : List.of(scan, canaries)) {
      each.search(files);
    }
    report.put("secretInLogs", !scan.places().isEmpty());
    report.put("secretPlaces", scan.places());
    report.put("searched", scan.searched().size());
    report.put("searchedShuffleFiles", shuffleFiles(scan));
    report.put("canaryPlaces", canaries.places());
    return figures;
  }

  private static long shuffleFiles(SecretScan scan) {
    return scan.searched().stream().filter(each -> each.contains("shuffle_")).count();
  }

  private byte[] keyBytes() throws IOException {
    Path file = directory.resolve("secrets").resolve("owner.key");
    Files.createDirectories(file.getParent());
    key.save(file);
    return HexFormat.of().parseHex(Files.readString(file, StandardCharsets.UTF_8).strip());
  }

  private Map<String, Object> figures(
      MultiLayerNetwork plain,
      double plainSeconds,
      ProtectedModel<MultiLayerNetwork> model,
      double seconds) {
    WatermarkRates rates = task.rates(model.network());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("plainAccuracy", task.accuracy(plain));
    figures.put("plainSeconds", plainSeconds);
    figures.put("accuracy", task.accuracy(model.network()));
    figures.put("WSR", rates.watermarkSuccessRate());
    figures.put("WFPR", rates.falsePositiveRate());
    figures.put("spill", rates.spillRate());
    if (verifies) {
      figures.put("verdict", verdict(model));
    }
    figures.put("seconds", seconds);
    return figures;
  }

  private String verdict(ProtectedModel<MultiLayerNetwork> model) {
    return OwnershipVerifier.verify(
            model.specs(),
            key,
            SuspectModel.of(model.network()),
            task.images().test().iterator(SparkTask.BATCH))
        .getClass()
        .getSimpleName();
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
