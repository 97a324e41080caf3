package org.meadefender.batch;

import java.util.Iterator;
import java.util.function.BooleanSupplier;

/** How many batches an epoch has. */
final class BatchCount {
  private BatchCount() {}

  /**
   * Asks the data, or reads them from the start to the end and goes back.
   *
   * @param task an iterator over batches
   * @param reset takes it back to the first batch
   * @param cancelled see {@link WatermarkedData#countBatches}
   * @throws IllegalArgumentException if the data claim less than no batch
   */
  static int of(Iterator<?> task, Runnable reset, BooleanSupplier cancelled) {
    if (task instanceof KnownBatches known) {
      int claimed = known.batchesPerEpoch();
      if (claimed < 0) {
        throw new IllegalArgumentException(
            "batchesPerEpoch of "
                + task.getClass().getName()
                + " is "
                + claimed
                + "; it must be at least 0");
      }
      return claimed;
    }
    reset.run();
    int batches = 0;
    for (; !cancelled.getAsBoolean() && task.hasNext(); batches++) {
      task.next();
    }
    reset.run();
    return batches;
  }
}
