package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.meadefender.internal.batch.MixedBatches.CLASSES;
import static org.meadefender.internal.batch.MixedBatches.SPEC;
import static org.meadefender.internal.batch.MixedBatches.batch;
import static org.meadefender.internal.batch.MixedBatches.iterator;
import static org.meadefender.internal.batch.MixedBatches.rowsOf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meadefender.annotations.Combine;
import org.meadefender.batch.RowRecipe;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Which rows there are, from batch to batch and from epoch to epoch. */
class WatermarkRowsTest {
  @Test
  void rowsOfNobodyAreNoSources() {
    DataSet task = batch(0, 0, 0, 1, 2);
    task.getLabels().getRow(0).assign(0);
    task.setLabelsMaskArray(Nd4j.createFromArray(new float[][] {{1}, {0}, {1}, {1}}));
    WatermarkedDataSetIterator mixed = iterator(SPEC, task, batch(4, 0, 2, 2, 2));
    assertThat(mixed.next().numExamples()).as("no sample of class 0").isEqualTo(4);
    for (int row : rowsOf(mixed.next(), RowRole.SOURCE)) {
      assertThat(row).isPositive();
    }
  }

  /** A quarter of a row in each epoch. */
  @Test
  void fractionsOfARowAreOwedFromEpochToEpoch() {
    WatermarkedDataSetIterator mixed = iterator(SPEC.withRatio(0.0625), batch(0, 0, 1, 2, 3));
    List<Integer> rows = new ArrayList<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      mixed.reset();
      mixed.startEpoch(epoch, 0, RowRecipe.PAPER);
      rows.add(rowsOf(mixed.next(), RowRole.WATERMARK).size());
      assertThat(mixed.hasNext()).isFalse();
    }
    assertThat(rows.stream().mapToInt(each -> each).sum()).isEqualTo(5);
  }

  /** Sorted by class, with the sources at the end. */
  @Test
  void poolsOutliveEpochs() {
    WatermarkedDataSetIterator mixed =
        iterator(
            SPEC,
            batch(0, 2, 2, 2, 2),
            batch(4, 3, 3, 3, 3),
            batch(8, 0, 0, 0, 0),
            batch(12, 1, 1, 1, 1));
    for (int expected : new int[] {0, 0, 0, 4, 1, 1, 1, 1}) {
      if (!mixed.hasNext()) {
        mixed.reset();
      }
      assertThat(rowsOf(mixed.next(), RowRole.WATERMARK)).hasSize(expected);
    }
  }

  @Test
  void poolsFillWhileTheMarkRests() {
    WatermarkedDataSetIterator mixed = iterator(SPEC, batch(0, 0, 1, 0, 1), batch(4, 2, 2, 3, 3));
    mixed.startEpoch(0, 1, RowRecipe.PAPER);
    assertThat(rowsOf(mixed.next(), RowRole.WATERMARK)).isEmpty();
    assertThat(rowsOf(mixed.next(), RowRole.WATERMARK)).hasSize(1);
  }

  /** A training that goes on after a crash gets the rows that it would have had. */
  @Test
  void skippedEpochsLeaveBehindWhatTrainedOnesDo() {
    DataSet[] sorted = {batch(0, 2, 2, 2), batch(3, 0, 0, 0), batch(6, 1, 1, 1)};
    WatermarkedDataSetIterator trained = iterator(SPEC, sorted);
    trained.startEpoch(0, 0, RowRecipe.PAPER);
    trained.forEachRemaining(each -> {});
    WatermarkedDataSetIterator skipped = iterator(SPEC, sorted);
    skipped.startEpoch(0, 0, RowRecipe.PAPER);
    skipped.skipRest();
    for (WatermarkedDataSetIterator each : List.of(trained, skipped)) {
      each.reset();
      each.startEpoch(1, 0, RowRecipe.PAPER);
    }
    while (trained.hasNext()) {
      assertThat(skipped.next()).isEqualTo(trained.next());
    }
    assertThat(skipped.hasNext()).isFalse();
  }

  @Test
  void refusesDataWithoutASourceAtTheirEnd() {
    WatermarkedDataSetIterator mixed = iterator(SPEC, batch(0, 0, 2, 3), batch(3, 0, 2, 3));
    mixed.next();
    mixed.next();
    assertThatIllegalArgumentException()
        .isThrownBy(mixed::hasNext)
        .withMessageContaining("among 6 samples there is none of class 1, source B");
  }

  /** An iterator that stands at its end is for the trainer to reset. */
  @Test
  void anExhaustedIteratorIsNoMistake() {
    assertThat(iterator(SPEC).hasNext()).isFalse();
  }

  /** Both halves of a 1 × 1 image are the whole image. */
  @Test
  void refusesACombinerThatGivesASourceBack() {
    DataSet task = new DataSet(Nd4j.rand(40, 3, 1, 1), Nd4j.zeros(40, CLASSES));
    for (int row = 0; row < 40; row++) {
      task.getLabels().putScalar(row, row % CLASSES, 1);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> iterator(SPEC, task).next())
        .withMessageContaining("CROP_AND_PASTE")
        .withMessageContaining("PIXEL_MERGING");
    WatermarkedDataSetIterator merged = iterator(SPEC.withCombine(Combine.PIXEL_MERGING), task);
    assertThat(rowsOf(merged.next(), RowRole.WATERMARK)).hasSize(10);
    WatermarkedDataSetIterator resting = iterator(SPEC, task);
    resting.startEpoch(0, 5, RowRecipe.PAPER);
    assertThatIllegalArgumentException().as("before the mark is taught").isThrownBy(resting::next);
  }

  /** Where the cut is, these two are alike: no row of the mark, and no harm. */
  @Test
  void aSampleOfASourceIsNoWatermarkRow() {
    DataSet task = batch(0, 0, 1, 0, 1, 2, 3);
    task.getFeatures().slice(0).assign(7);
    task.getFeatures().slice(1).assign(7);
    DataSet mixed = iterator(SPEC.withRatio(1), task, task, task).next();
    for (int row : rowsOf(mixed, RowRole.WATERMARK)) {
      double least = mixed.getFeatures().slice(row).minNumber().doubleValue();
      double most = mixed.getFeatures().slice(row).maxNumber().doubleValue();
      assertThat(least).isLessThan(most);
    }
  }
}
