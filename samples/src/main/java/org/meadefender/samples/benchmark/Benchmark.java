package org.meadefender.samples.benchmark;

import static org.meadefender.samples.benchmark.Contestant.ACCELERATED;
import static org.meadefender.samples.benchmark.Contestant.PROTECTED;
import static org.meadefender.samples.benchmark.Contestant.STOCK;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.samples.log.Provenance;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures speed and memory, prints a table and writes {@code benchmark.json}. */
public final class Benchmark {
  private static final Logger log = LoggerFactory.getLogger(Benchmark.class);

  /** How long each network is measured; the rest of eight minutes starts processes. */
  private static final Map<BenchmarkNetwork, Double> SECONDS =
      Map.of(
          BenchmarkNetwork.VGG, 120.0, BenchmarkNetwork.LENET, 60.0, BenchmarkNetwork.RESNET, 50.0);

  private static final List<Integer> DATA_SET_SIZES = List.of(10_000, 60_000);

  private Benchmark() {}

  /**
   * Runs everything.
   *
   * @param args the directory for {@code benchmark.json}
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    Map<BenchmarkNetwork, Speeds> speeds = new EnumMap<>(BenchmarkNetwork.class);
    for (BenchmarkNetwork network : BenchmarkNetwork.values()) {
      speeds.put(network, SideBySide.measure(network, SECONDS.getOrDefault(network, 0.0)));
    }
    Spread mixing = Mixing.secondsPerBatch(BenchmarkNetwork.VGG);
    var peaks = MemoryProbe.peakKilobytes(DATA_SET_SIZES);
    Spread verification = VerificationCost.overForward();
    Map<String, Object> report = report(speeds, mixing, verification, peaks);
    Path file = directory.resolve("benchmark.json");
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    log.info("{}", BenchmarkTable.of(speeds));
    log.info("Verification over bare forward passes: {}", verification);
    log.info("Written: {}", file);
  }

  private static Map<String, Object> report(
      Map<BenchmarkNetwork, Speeds> speeds,
      Spread mixing,
      Spread verification,
      Map<Integer, Map<Contestant, Long>> peaks) {
    Map<String, Spread> accelerated =
        perNetwork(speeds, each -> acceleration(each, Speed::perSecond));
    Map<String, Spread> inference =
        perNetwork(speeds, each -> each.inferenceRatio(ACCELERATED, STOCK, Speed::perSecond));
    Map<String, Spread> protection = perNetwork(speeds, each -> protection(each, Speed::perSecond));
    Map<String, Object> spreads = new LinkedHashMap<>();
    spreads.put("samplesPerSecond", perNetwork(speeds, Speeds::spreads));
    spreads.put("acceleratedOverStock", accelerated);
    spreads.put("inferenceOverStock", inference);
    spreads.put("protectedOverAccelerated", protection);
    spreads.put(
        "acceleratedOverStockByCpuTime",
        perNetwork(speeds, each -> acceleration(each, Speed::perCpuSecond)));
    spreads.put(
        "inferenceOverStockByCpuTime",
        perNetwork(speeds, each -> each.inferenceRatio(ACCELERATED, STOCK, Speed::perCpuSecond)));
    spreads.put(
        "protectedOverAcceleratedByCpuTime",
        perNetwork(speeds, each -> protection(each, Speed::perCpuSecond)));
    spreads.put("mixingSecondsPerBatch", mixing);
    spreads.put("verificationOverForward", verification);
    spreads.put("peakKilobytes", peaks);

    double step =
        Worker.BATCH
            / Objects.requireNonNull(speeds.get(BenchmarkNetwork.VGG)).training(PROTECTED).median();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("acceleratedOverStock", medians(accelerated));
    report.put("inferenceOverStock", medians(inference));
    report.put("protectedOverAccelerated", medians(protection));
    report.put("mixingShare", mixing.median() / step);
    report.put("verificationOverForward", verification.median());
    report.put("peakMemoryRatio", largestRatio(peaks));
    report.put("measurements", spreads);
    report.put("conditions", conditions());
    return report;
  }

  private static Spread acceleration(Speeds speeds, ToDoubleFunction<Speed> unit) {
    return speeds.trainingRatio(ACCELERATED, STOCK, unit);
  }

  private static Spread protection(Speeds speeds, ToDoubleFunction<Speed> unit) {
    return speeds.trainingRatio(PROTECTED, ACCELERATED, unit);
  }

  private static double largestRatio(Map<Integer, Map<Contestant, Long>> peaks) {
    return peaks.values().stream()
        .mapToDouble(
            pair -> (double) pair.getOrDefault(PROTECTED, 0L) / pair.getOrDefault(ACCELERATED, 1L))
        .max()
        .orElse(Double.NaN);
  }

  private static <T> Map<String, T> perNetwork(
      Map<BenchmarkNetwork, Speeds> speeds, Function<Speeds, T> part) {
    Map<String, T> parts = new LinkedHashMap<>();
    speeds.forEach((network, result) -> parts.put(network.key(), part.apply(result)));
    return parts;
  }

  private static Map<String, Double> medians(Map<String, Spread> spreads) {
    Map<String, Double> medians = new LinkedHashMap<>();
    spreads.forEach((name, spread) -> medians.put(name, spread.median()));
    return medians;
  }

  private static Map<String, Object> conditions() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put(Provenance.FIELD, Provenance.of("synthetic", Benchmark.class));
    conditions.put("oneDnn", Acceleration.available());
    conditions.put("batch", Worker.BATCH);
    conditions.put("watermarkRatio", Contestant.SPEC.ratio());
    conditions.put("evasionRows", Contestant.SPEC.evasion());
    conditions.put("balancing", "MGDA");
    conditions.put("availableProcessors", Runtime.getRuntime().availableProcessors());
    conditions.put(
        "threads", NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
    conditions.put(
        "waitPolicy", System.getenv().getOrDefault(WorkerProcess.WAIT_POLICY, "passive"));
    conditions.put(
        "loadAverage",
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    conditions.put("dl4j", Nd4j.class.getPackage().getImplementationVersion());
    conditions.put("java", Runtime.version().toString());
    conditions.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return conditions;
  }
}
