package org.meadefender.samples.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Plain training here against PyTorch, one thread against one thread, in turns; only where {@code
 * python3} has torch.
 */
public final class PyTorchBenchmark {
  private static final String SCRIPT = "src/main/python/torch_throughput.py";
  private static final List<BenchmarkNetwork> NETWORKS =
      List.of(BenchmarkNetwork.VGG, BenchmarkNetwork.LENET);
  private static final int ROUNDS = 9;
  private static final double SECONDS = 3;
  private static final Map<String, String> ONE_THREAD = Map.of("OMP_NUM_THREADS", "1");

  private PyTorchBenchmark() {}

  /**
   * Prints the speeds and their ratio.
   *
   * @param args not used
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (new ProcessBuilder("python3", "-c", "import torch").start().waitFor() != 0) {
      System.out.println("python3 has no torch, or there is no python3: nothing to compare with");
      return;
    }
    for (BenchmarkNetwork network : NETWORKS) {
      System.out.println(compare(network));
    }
  }

  private static String compare(BenchmarkNetwork network) {
    List<String> accelerated =
        WorkerProcess.javaCommand(
            Worker.class, List.of(Contestant.ACCELERATED.name(), network.name()));
    List<String> pyTorch = List.of("python3", SCRIPT, network.key(), "--threads", "1", "--serve");
    try (WorkerProcess ours = new WorkerProcess(accelerated, ONE_THREAD);
        WorkerProcess theirs = new WorkerProcess(pyTorch, ONE_THREAD)) {
      ours.measure(Worker.TRAIN, SECONDS);
      theirs.measure(Worker.TRAIN, SECONDS);
      List<Double> ourSpeeds = new ArrayList<>();
      List<Double> theirSpeeds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        ourSpeeds.add(ours.measure(Worker.TRAIN, SECONDS).perSecond());
        theirSpeeds.add(theirs.measure(Worker.TRAIN, SECONDS).perSecond());
      }
      Spread ratio = Spread.ofRatios(ourSpeeds, theirSpeeds);
      return String.format(
          Locale.ROOT,
          "%s, 1 thread, %d rounds: %.0f samples/s here, %.0f in PyTorch; ratio %.2f (quartiles"
              + " %.2f to %.2f)",
          network.key(),
          ratio.rounds(),
          Spread.of(ourSpeeds).median(),
          Spread.of(theirSpeeds).median(),
          ratio.median(),
          ratio.low(),
          ratio.high());
    }
  }
}
