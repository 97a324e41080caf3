package org.meadefender.internal.batch;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.meadefender.batch.KnownBatches;

/** How many batches an epoch has. */
final class BatchCount {
  private BatchCount() {}

  /**
   * Asks the data, or reads them from the start to the end and goes back.
   *
   * @param task an iterator over batches
   * @param reset takes it back to the first batch
   * @param check looks at the first batch, if it is read
   * @param cancelled see {@link WatermarkedData#countBatches}
   * @throws IllegalArgumentException if the data claim less than no batch
   */
  static <T> int of(
      Iterator<T> task, Runnable reset, Consumer<T> check, BooleanSupplier cancelled) {
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
      T batch = task.next();
      if (batches == 0) {
        check.accept(batch);
      }
    }
    reset.run();
    return batches;
  }
}
