package org.meadefender.samples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.meadefender.accelerate.Acceleration;

/** Trains one epoch in a process of its own and prints the most memory that the process held. */
final class MemoryProbe {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private MemoryProbe() {}

  /**
   * Trains a LeNet.
   *
   * @param args contestant, number of images
   */
  public static void main(String[] args) throws IOException {
    Acceleration.threads(1);
    int images = Integer.parseInt(args[1]);
    Contestant.Trainer trainer =
        Contestant.valueOf(args[0]).trainer(BenchmarkNetwork.LENET.create());
    trainer.fit(new SyntheticIterator(BenchmarkNetwork.LENET, images, Worker.BATCH));
    System.out.println(Worker.ANSWER + peakKilobytes());
  }

  /** All sizes and both contestants at once: unlike times, memory does not suffer from that. */
  static Map<Integer, Map<Contestant, Long>> peakKilobytes(List<Integer> sizes) {
    Map<Integer, Map<Contestant, WorkerProcess>> running = new LinkedHashMap<>();
    List<WorkerProcess> all = new ArrayList<>();
    try {
      for (int size : sizes) {
        Map<Contestant, WorkerProcess> pair = new LinkedHashMap<>();
        for (Contestant each : List.of(Contestant.ACCELERATED, Contestant.PROTECTED)) {
          WorkerProcess process =
              new WorkerProcess(MemoryProbe.class, List.of(each.name(), Integer.toString(size)));
          pair.put(each, process);
          all.add(process);
        }
        running.put(size, pair);
      }
      Map<Integer, Map<Contestant, Long>> peaks = new LinkedHashMap<>();
      running.forEach(
          (size, pair) -> {
            Map<Contestant, Long> peak = new LinkedHashMap<>();
            pair.forEach((each, process) -> peak.put(each, Long.parseLong(process.answer())));
            peaks.put(size, peak);
          });
      return peaks;
    } finally {
      all.forEach(WorkerProcess::close);
    }
  }

  private static long peakKilobytes() throws IOException {
    if (!Files.exists(STATUS)) {
      return Pointer.physicalBytes() / 1024;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IOException(STATUS + " has no line " + PEAK));
  }
}
