package org.meadefender.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.Supply.Sources;
import org.meadefender.spec.WatermarkSpec;

/** Adds the rows of one watermark to batches, from the batch's own sources where it has any. */
final class WatermarkRows {
  /** Samples kept per source class: about as many as an epoch's first batches show. */
  static final int POOL_CAPACITY = 256;

  private final Watermark watermark;
  private final SourcePool poolA;
  private final SourcePool poolB;
  private final CombinerProbe probe;
  private final RandomGenerator probed;
  private RowMaker maker;
  private double owedRows;
  private int largestBatch;
  private long shown;
  private long due;
  private long made;

  WatermarkRows(Watermark watermark, RowRecipe recipe) {
    this.watermark = watermark;
    this.maker = new RowMaker(watermark, recipe, 0);
    this.poolA = new SourcePool(POOL_CAPACITY, watermark.random("pool/A"));
    this.poolB = new SourcePool(POOL_CAPACITY, watermark.random("pool/B"));
    this.probe = new CombinerProbe(watermark);
    this.probed = watermark.random("probe");
  }

  /**
   * Begins with a random fraction of a row owed. Where a stream is cut into short pieces, whose
   * fractions would be lost, the ratio so holds on average.
   */
  void oweFraction() {
    owedRows = watermark.random("owed").nextDouble();
  }

  /** Other rows from here on; what is owed, and the pools, stay. */
  void startEpoch(RowRecipe recipe, int epoch) {
    maker = new RowMaker(watermark, recipe, epoch);
  }

  /** The data begin again. */
  void restart() {
    poolA.startEpoch();
    poolB.startEpoch();
    shown = 0;
    due = 0;
    made = 0;
  }

  /** Sees a batch while the mark rests. */
  void rest(MixedBatch batch) {
    collect(batch);
  }

  /** Sees a batch that got its rows in an earlier training, which goes on. */
  void skip(MixedBatch batch) {
    collect(batch);
    int rows = pay(batch);
    due += rows;
    made += rows;
  }

  /** Adds the rows. */
  void addTo(MixedBatch batch) {
    Sources sources = collect(batch);
    maker.couple(batch, sources);
    int rows = pay(batch);
    due += rows;
    for (int i = 0; i < rows; i++) {
      made += maker.addWatermarkRow(batch, sources) ? 1 : 0;
      if (watermark.spec().evasion()) {
        maker.addEvasionRow(batch, sources);
      }
    }
  }

  /**
   * Ends a pass over the data.
   *
   * @throws IllegalArgumentException if it should have had watermark rows, and could have none
   */
  void requireMarked() {
    WatermarkSpec spec = watermark.spec();
    if (shown > 0 && (poolA.isEmpty() || poolB.isEmpty())) {
      throw new IllegalArgumentException(
          "The data cannot carry the mark "
              + spec
              + ": among "
              + shown
              + " samples there is none of class "
              + (poolA.isEmpty() ? spec.sourceA() + ", source A" : spec.sourceB() + ", source B")
              + "; take source classes that the data have, or look at the order of the label"
              + " columns");
    }
    if (due > 0 && made == 0) {
      throw new IllegalArgumentException(
          "None of "
              + due
              + " combined samples differed from its sources, so that there is no watermark row;"
              + " take another kind of combiner, Combine.PIXEL_MERGING for few cells, or other"
              + " source classes");
    }
  }

  private Sources collect(MixedBatch batch) {
    shown += batch.taskRows();
    largestBatch = Math.max(largestBatch, batch.taskRows());
    Sources sources =
        new Sources(
            new Supply(collect(batch, watermark.spec().sourceA(), poolA), poolA),
            new Supply(collect(batch, watermark.spec().sourceB(), poolB), poolB));
    // Before the mark is taught for the first time, whenever that is.
    for (int i = 0; i < batch.taskRows() && !probe.mixes() && hasBoth(); i++) {
      probe.offer(batch.marked(poolA.draw(probed)), batch.marked(poolB.draw(probed)), probed);
    }
    return sources;
  }

  private static List<Integer> collect(MixedBatch batch, int sourceClass, SourcePool pool) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < batch.taskRows(); row++) {
      if (batch.classOf(row) == sourceClass) {
        int source = row;
        rows.add(row);
        pool.offer(() -> batch.sample(source));
      }
    }
    return rows;
  }

  private boolean hasBoth() {
    return !poolA.isEmpty() && !poolB.isEmpty();
  }

  /**
   * The rows to add now. Fractions are carried over, to the next epoch too, so that small batches
   * and small data reach the ratio; a stream that shows its first source late catches up within one
   * batch's size.
   */
  private int pay(MixedBatch batch) {
    owedRows = Math.min(owedRows + batch.taskRows() * watermark.spec().ratio(), largestBatch);
    int rows = hasBoth() ? (int) owedRows : 0;
    owedRows -= rows;
    return rows;
  }
}
