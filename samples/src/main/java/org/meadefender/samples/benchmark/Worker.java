package org.meadefender.samples.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One contestant with one network in a process of its own, so that nothing which another one sets
 * up (kept memory, compiled code) helps or hinders it. Works when told so on the standard input,
 * one line per round, and answers {@code samples seconds cpuSeconds}.
 */
final class Worker {
  static final String TRAIN = "train";
  static final String INFER = "infer";
  static final String ANSWER = "measured ";

  /** Rows of a batch, the size that the paper trains with. */
  static final int BATCH = 128;

  private static final int IMAGES = 10 * BATCH;
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean OS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final SyntheticIterator data;
  private final Contestant.Trainer trainer;
  private final Model network;
  private final INDArray features;

  private Worker(Contestant contestant, BenchmarkNetwork network) {
    this.network = network.create();
    this.data = new SyntheticIterator(network, IMAGES, BATCH);
    this.features = data.next().getFeatures();
    this.trainer = contestant.trainer(this.network);
  }

  /**
   * Runs until the standard input ends.
   *
   * @param args contestant, network
   */
  public static void main(String[] args) throws IOException {
    Worker worker = new Worker(Contestant.valueOf(args[0]), BenchmarkNetwork.valueOf(args[1]));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      System.out.println(ANSWER + worker.round(words[0], Double.parseDouble(words[1])));
    }
  }

  private String round(String what, double atLeastSeconds) {
    long start = System.nanoTime();
    long cpuStart = OS.getProcessCpuTime();
    long batches = 0;
    double seconds;
    do {
      if (what.equals(TRAIN)) {
        trainer.fit(data.limitedTo(batchesPerCall(batches)));
        batches += batchesPerCall(batches);
      } else {
        Contestant.output(network, features);
        batches++;
      }
      seconds = (System.nanoTime() - start) / NANOS;
    } while (seconds < atLeastSeconds);
    double cpuSeconds = (OS.getProcessCpuTime() - cpuStart) / NANOS;
    return batches * BATCH + " " + seconds + " " + cpuSeconds;
  }

  /** Doubles, so that starting the prefetching thread does not count beside fast steps. */
  private static int batchesPerCall(long done) {
    return (int) Math.max(1, Math.min(done, IMAGES / BATCH));
  }
}
