package org.meadefender.samples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.WatermarkedDataSetIterator;

/** What mixing watermark and evasion rows into one batch costs. */
final class Mixing {
  private static final int WARM_UP = 100;
  private static final int BATCHES = 300;
  private static final double NANOS = 1e9;

  private Mixing() {}

  /** Seconds per batch, without the making of the batch's own rows. */
  static Spread secondsPerBatch(BenchmarkNetwork network) {
    SyntheticIterator task = new SyntheticIterator(network, 10 * Worker.BATCH, Worker.BATCH);
    WatermarkedDataSetIterator mixed =
        new WatermarkedDataSetIterator(
            task,
            List.of(Watermark.derive(Contestant.SPEC, Contestant.KEY, BenchmarkNetwork.CLASSES)),
            RowRecipe.PAPER);
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < WARM_UP + BATCHES; i++) {
      task.limitedTo(2);
      long start = System.nanoTime();
      task.next();
      long between = System.nanoTime();
      mixed.next();
      long end = System.nanoTime();
      if (i >= WARM_UP) {
        seconds.add(((end - between) - (between - start)) / NANOS);
      }
    }
    return Spread.of(seconds);
  }
}
