package org.meadefender.batch;

import java.util.List;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Mixes the rows of some watermarks into one batch after the other. */
final class RowMixer {
  private final List<Watermark> watermarks;
  private RowRecipe recipe;
  private List<WatermarkRows> rows = List.of();
  private RowIds ids = new RowIds();
  private long resting;

  RowMixer(List<Watermark> watermarks, RowRecipe recipe) {
    this.watermarks = List.copyOf(watermarks);
    this.recipe = recipe;
    startEpoch(0, 0);
  }

  /** See {@link WatermarkedData#useRecipe}. */
  void useRecipe(RowRecipe newRecipe) {
    recipe = newRecipe;
  }

  /** See {@link WatermarkedData#startEpoch}. */
  void startEpoch(int epoch, long restingBatches) {
    resting = restingBatches;
    ids = new RowIds();
    rows =
        watermarks.stream().map(watermark -> new WatermarkRows(watermark, recipe, epoch)).toList();
  }

  /**
   * Adds the rows, unless the mark rests.
   *
   * @param marked place of the input whose samples are combined
   */
  MultiDataSet mix(MultiDataSet batch, int marked) {
    MixedBatch mixed = new MixedBatch(batch, marked, ids);
    if (resting > 0) {
      resting--;
    } else {
      rows.forEach(each -> each.addTo(mixed));
    }
    return mixed.toMultiDataSet();
  }
}
