package org.meadefender.internal.batch;

import java.util.List;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Mixes the rows of some watermarks into one batch after the other. */
final class RowMixer {
  private final int classes;
  private final List<WatermarkRows> rows;
  private RowIds ids = new RowIds();
  private long resting;

  RowMixer(List<Watermark> watermarks, RowRecipe recipe) {
    this.classes = watermarks.get(0).classes();
    this.rows = watermarks.stream().map(watermark -> new WatermarkRows(watermark, recipe)).toList();
  }

  /** See {@link WatermarkedData#startEpoch}. */
  synchronized void startEpoch(int epoch, long restingBatches, RowRecipe recipe) {
    resting = restingBatches;
    ids = new RowIds();
    rows.forEach(each -> each.startEpoch(recipe, epoch));
  }

  /** See {@link WatermarkRows#oweFraction}. */
  synchronized void oweFraction() {
    rows.forEach(WatermarkRows::oweFraction);
  }

  /** Collects samples that are not trained on. */
  synchronized void collect(MultiDataSet samples, int marked) {
    MixedBatch batch = new MixedBatch(samples, marked, ids, classes);
    rows.forEach(each -> each.rest(batch));
  }

  /** The data begin again. */
  synchronized void restart() {
    rows.forEach(WatermarkRows::restart);
  }

  /**
   * Checks a batch as {@link #mix} does.
   *
   * @throws IllegalArgumentException if it cannot be mixed
   */
  void check(MultiDataSet batch, int marked) {
    new MixedBatch(batch, marked, new RowIds(), classes);
  }

  /**
   * Adds the rows, unless the mark rests.
   *
   * @param marked place of the input whose samples are combined
   * @throws IllegalArgumentException if the batch's shapes or labels are no such
   */
  synchronized MultiDataSet mix(MultiDataSet batch, int marked) {
    MixedBatch mixed = new MixedBatch(batch, marked, ids, classes);
    if (resting > 0) {
      resting--;
      rows.forEach(each -> each.rest(mixed));
    } else {
      rows.forEach(each -> each.addTo(mixed));
    }
    return mixed.toMultiDataSet();
  }

  /** Sees a batch that is not trained on again, so that later ones get the rows they would have. */
  synchronized void skip(MultiDataSet batch, int marked) {
    MixedBatch mixed = new MixedBatch(batch, marked, ids, classes);
    if (resting > 0) {
      resting--;
      rows.forEach(each -> each.rest(mixed));
    } else {
      rows.forEach(each -> each.skip(mixed));
    }
  }

  /**
   * Ends a pass over the data.
   *
   * @throws IllegalArgumentException if it should have had watermark rows, and could have none
   */
  synchronized void requireMarked() {
    rows.forEach(WatermarkRows::requireMarked);
  }
}
