package org.meadefender.samples.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All contestants with one network, taking turns in short rounds. */
final class SideBySide {
  private static final Logger log = LoggerFactory.getLogger(SideBySide.class);
  private static final double TRAIN_SECONDS = 1.5;
  private static final double INFER_SECONDS = 0.5;
  private static final int LEAST_ROUNDS = 3;
  private static final double NANOS = 1e9;

  private SideBySide() {}

  /**
   * Measures for a while.
   *
   * @param seconds after which no round begins, once there were three
   */
  static Speeds measure(BenchmarkNetwork network, double seconds) {
    Map<Contestant, WorkerProcess> workers = new LinkedHashMap<>();
    Speeds speeds = new Speeds();
    try {
      for (Contestant contestant : Contestant.values()) {
        WorkerProcess worker =
            new WorkerProcess(Worker.class, List.of(contestant.name(), network.name()));
        workers.put(contestant, worker);
        worker.measure(Worker.TRAIN, TRAIN_SECONDS);
        worker.measure(Worker.INFER, INFER_SECONDS);
      }
      long start = System.nanoTime();
      for (int round = 0;
          round < LEAST_ROUNDS || (System.nanoTime() - start) / NANOS < seconds;
          round++) {
        workers.forEach(
            (contestant, worker) -> {
              speeds.addTraining(contestant, worker.measure(Worker.TRAIN, TRAIN_SECONDS));
              speeds.addInference(contestant, worker.measure(Worker.INFER, INFER_SECONDS));
            });
        log.info("{}, round {}: {}", network.key(), round + 1, speeds.lastRound());
      }
    } finally {
      workers.values().forEach(WorkerProcess::close);
    }
    return speeds;
  }
}
