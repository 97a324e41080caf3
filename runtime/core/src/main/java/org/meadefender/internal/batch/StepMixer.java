package org.meadefender.internal.batch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowCounts;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Mixes rows into batches that somebody else hands out, a few at each place, as on the workers of a
 * cluster. What {@link WatermarkedDataSetIterator} says of batches holds here, too.
 *
 * <p>Not thread-safe.
 */
public final class StepMixer {
  private final RowMixer mixer;
  private final OptionalInt markedInput;

  /**
   * A mixer for one place of a training.
   *
   * @param watermarks at least one, with streams of that place; another place needs others, or it
   *     draws the same rows
   * @param markedInput place of the input that carries the mark; empty for the only one, or the
   *     only one with images
   */
  public StepMixer(List<Watermark> watermarks, RowRecipe recipe, OptionalInt markedInput) {
    this.mixer = new RowMixer(watermarks, recipe);
    this.markedInput = markedInput;
    mixer.oweFraction();
  }

  /** Collects samples of the sources for batches without any; they are not trained on. */
  public void collect(MultiDataSet samples) {
    mixer.collect(samples, marked(samples));
  }

  /**
   * The batch with its rows. A batch gets no watermark row where neither it nor what was collected
   * has samples of both sources; later ones catch up within a batch's size.
   *
   * @throws IllegalArgumentException if features or labels have other shapes, if labels are no
   *     class probabilities, or if the combiner does not mix such samples
   */
  public MultiDataSet mix(MultiDataSet batch) {
    return mixer.mix(batch, marked(batch));
  }

  /**
   * Counts the rows of a mixed batch.
   *
   * @param labels {@code [n, classes + 3]}, or {@code [n, classes]} of a batch that is not mixed
   * @param classes of the network
   */
  public static RowCounts count(@Nullable INDArray labels, int classes) {
    if (labels == null) {
      return RowCounts.NONE;
    }
    if (labels.size(1) == classes) {
      return new RowCounts(labels.size(0), 0, 0, 0);
    }
    Map<RowRole, Long> counts = new EnumMap<>(RowRole.class);
    for (double code : labels.getColumn(classes).toDoubleVector()) {
      counts.merge(RowRole.of((int) Math.round(code)), 1L, Long::sum);
    }
    return new RowCounts(
        counts.getOrDefault(RowRole.TASK, 0L),
        counts.getOrDefault(RowRole.WATERMARK, 0L),
        counts.getOrDefault(RowRole.EVASION, 0L),
        counts.getOrDefault(RowRole.SOURCE, 0L));
  }

  private int marked(MultiDataSet batch) {
    return markedInput.orElseGet(
        () -> WatermarkedMultiDataSetIterator.onlyInput(batch.getFeatures()));
  }
}
