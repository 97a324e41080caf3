package org.meadefender.internal.batch;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where samples of one class come from: the batch itself, or the pool where it has none.
 *
 * @param rows the batch's own
 * @param pool samples of earlier batches
 */
record Supply(List<Integer> rows, SourcePool pool) {
  private static final int FROM_POOL = -1;

  /** Where samples of the two sources come from. */
  record Sources(Supply a, Supply b) {}

  /**
   * A sample, and where it was.
   *
   * @param sample a copy
   * @param row in the batch, or -1
   */
  record Drawn(Sample sample, int row) {
    /** Its id in the batch, to which it is added if it came from the pool. */
    int id(MixedBatch batch) {
      return row == FROM_POOL ? batch.appendSource(sample) : batch.idOf(row);
    }
  }

  /** Draws a sample; there must be one in the batch or in the pool. */
  Drawn draw(MixedBatch batch, RandomGenerator random) {
    if (rows.isEmpty()) {
      return new Drawn(pool.draw(random), FROM_POOL);
    }
    int row = rows.get(random.nextInt(rows.size()));
    return new Drawn(batch.sample(row), row);
  }
}
