package org.meadefender.internal.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.meadefender.internal.batch.MixedBatches.CLASSES;
import static org.meadefender.internal.batch.MixedBatches.SPEC;
import static org.meadefender.internal.batch.MixedBatches.batch;
import static org.meadefender.internal.batch.MixedBatches.iterator;
import static org.meadefender.internal.batch.MixedBatches.rowsOf;
import static org.meadefender.internal.batch.MixedBatches.watermark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.KnownBatches;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class WatermarkedDataSetIteratorTest {
  private static INDArray classPart(DataSet set, int row) {
    return set.getLabels().getRow(row).get(NDArrayIndex.interval(0, CLASSES));
  }

  @Test
  void appendsRowsBehindUnchangedTaskRows() {
    DataSet task = batch(0, 0, 1, 2, 3, 0, 1, 2, 3);
    DataSet mixed = iterator(SPEC, task).next();

    assertThat(mixed.numExamples()).isEqualTo(8 + 2 + 2);
    assertThat(mixed.getLabels().size(1)).isEqualTo(CLASSES + RowLabels.EXTRA_COLUMNS);
    assertThat(mixed.getFeatures().get(NDArrayIndex.interval(0, 8))).isEqualTo(task.getFeatures());
    assertThat(
            mixed.getLabels().get(NDArrayIndex.interval(0, 8), NDArrayIndex.interval(0, CLASSES)))
        .isEqualTo(task.getLabels());
    assertThat(rowsOf(mixed, RowRole.TASK)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(rowsOf(mixed, RowRole.WATERMARK)).containsExactly(8, 10);
    assertThat(rowsOf(mixed, RowRole.EVASION)).containsExactly(9, 11);
  }

  @Test
  void aWatermarkRowIsMadeOfTheRowsItNames() {
    DataSet mixed = iterator(SPEC, batch(0, 0, 1, 2, 3, 0, 1, 2, 3)).next();
    Map<Integer, Integer> rowOfId = new HashMap<>();
    for (int row = 0; row < 8; row++) {
      int id = mixed.getLabels().getInt(row, CLASSES + 1);
      if (id != 0) {
        assertThat(rowOfId).doesNotContainKey(id);
        rowOfId.put(id, row);
      }
    }
    for (int row : rowsOf(mixed, RowRole.WATERMARK)) {
      int a = requireNonNull(rowOfId.get(mixed.getLabels().getInt(row, CLASSES + 1)));
      int b = requireNonNull(rowOfId.get(mixed.getLabels().getInt(row, CLASSES + 2)));
      assertThat(mixed.getLabels().getInt(a, 0)).as("source A").isEqualTo(1);
      assertThat(mixed.getLabels().getInt(b, 1)).as("source B").isEqualTo(1);
      assertThat(classPart(mixed, row)).isEqualTo(Nd4j.createFromArray(0f, 0, 0, 1));
      for (float value : mixed.getFeatures().slice(row).dup().data().asFloat()) {
        assertThat(value).isIn(a + 1f, b + 1f);
      }
    }
  }

  @Test
  void evasionRowsAreLabelledAsTheirSources() {
    DataSet mixed = iterator(SPEC, batch(0, 0, 1, 2, 3, 0, 1, 2, 3)).next();
    for (int row : rowsOf(mixed, RowRole.EVASION)) {
      INDArray label = classPart(mixed, row);
      assertThat(label.getFloat(0) + label.getFloat(1)).isEqualTo(1f);
      assertThat(label.getFloat(2)).isZero();
      assertThat(label.getFloat(3)).isZero();
    }
    assertThat(
            rowsOf(iterator(SPEC.withEvasion(false), batch(0, 0, 1, 2, 3)).next(), RowRole.EVASION))
        .isEmpty();
  }

  @Test
  void batchesWithoutSourcesUseThePoolAndBringTheSourceRowsAlong() {
    WatermarkedDataSetIterator mixed = iterator(SPEC, batch(0, 0, 1, 0, 1), batch(100, 2, 3, 2, 3));
    mixed.next();
    DataSet second = mixed.next();
    List<Integer> watermarkRows = rowsOf(second, RowRole.WATERMARK);
    assertThat(watermarkRows).hasSize(1);
    assertThat(rowsOf(second, RowRole.SOURCE)).hasSize(2);
    for (int row : rowsOf(second, RowRole.SOURCE)) {
      assertThat(second.getFeatures().slice(row).getFloat(0)).isBetween(1f, 4f);
    }
    float value = second.getFeatures().slice(watermarkRows.get(0)).getFloat(0);
    assertThat(value).isBetween(1f, 4f);
  }

  @Test
  void startsWhenBothSourcesHaveBeenSeenAndCatchesUp() {
    WatermarkedDataSetIterator mixed =
        iterator(SPEC, batch(0, 0, 2, 2, 2), batch(9, 0, 2, 2, 2), batch(19, 1, 2, 2, 2));
    assertThat(mixed.next().numExamples()).isEqualTo(4);
    assertThat(mixed.next().numExamples()).isEqualTo(4);
    assertThat(rowsOf(mixed.next(), RowRole.WATERMARK)).hasSize(3);
  }

  @Test
  void smallBatchesReachTheRatioToo() {
    int rows = 0;
    DataSet[] batches = new DataSet[40];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = batch(10 * i, i % 2, 2);
    }
    WatermarkedDataSetIterator mixed = iterator(SPEC.withRatio(0.1), batches);
    while (mixed.hasNext()) {
      rows += rowsOf(mixed.next(), RowRole.WATERMARK).size();
    }
    assertThat(rows).isEqualTo(8);
  }

  @Test
  void anEpochsRowsDependOnKeyEpochAndDataOnly() {
    DataSet task = batch(0, 0, 1, 2, 3, 0, 1, 2, 3);
    DataSet first = iterator(SPEC, task).next();
    assertThat(iterator(SPEC, task).next().getFeatures()).isEqualTo(first.getFeatures());
    WatermarkedDataSetIterator later = iterator(SPEC, task, task);
    later.next();
    later.startEpoch(0, 0, RowRecipe.PAPER);
    assertThat(later.next().getFeatures()).isEqualTo(first.getFeatures());
    WatermarkedDataSetIterator other = iterator(SPEC, task);
    other.startEpoch(1, 0, RowRecipe.PAPER);
    assertThat(other.next().getFeatures()).isNotEqualTo(first.getFeatures());
  }

  @Test
  void batchesAreCountedFromTheStart() {
    DataSet task = batch(0, 0, 1, 2);
    WatermarkedDataSetIterator mixed = iterator(SPEC, task, task, task);
    mixed.next();
    assertThat(mixed.countBatches(() -> false)).isEqualTo(3);
    mixed.next();
    mixed.next();
    mixed.next();
    assertThat(mixed.hasNext()).isFalse();
    assertThat(mixed.countBatches(() -> true)).isZero();
  }

  /** A shuffling iterator then keeps the order that it would have had. */
  @Test
  void dataThatKnowTheirBatchesAreNotRead() {
    var images = ImageSets.drawn(2, 1, 1).train();
    WatermarkedDataSetIterator mixed =
        new WatermarkedDataSetIterator(
            images.shuffledIterator(8, 1),
            List.of(Watermark.derive(SPEC, OwnerKey.insecureFromSeed(1), 10)),
            RowRecipe.PAPER);
    assertThat(mixed.countBatches(() -> false)).isEqualTo(3);
    assertThat(mixed.next().getFeatures().get(NDArrayIndex.interval(0, 8)))
        .isEqualTo(images.shuffledIterator(8, 1).next().getFeatures());
  }

  @Test
  void dataThatClaimLessThanNoBatchAreRefused() {
    final class Claiming extends ExistingDataSetIterator implements KnownBatches {
      private static final long serialVersionUID = 1L;

      Claiming() {
        super(List.<DataSet>of());
      }

      @Override
      public int batchesPerEpoch() {
        return -1;
      }
    }
    WatermarkedDataSetIterator mixed =
        new WatermarkedDataSetIterator(new Claiming(), List.of(watermark(SPEC)), RowRecipe.PAPER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mixed.countBatches(() -> false))
        .withMessageContaining("is -1; it must be at least 0");
  }

  @Test
  void restingBatchesHaveTaskRowsOnly() {
    DataSet task = batch(0, 0, 1, 2, 3, 0, 1, 2, 3);
    WatermarkedDataSetIterator mixed =
        new WatermarkedDataSetIterator(
            new ExistingDataSetIterator(List.of(task, task, task)),
            List.of(watermark(SPEC)),
            RowRecipe.DEFAULT);
    mixed.startEpoch(0, 2, RowRecipe.DEFAULT);
    for (int resting = 0; resting < 2; resting++) {
      DataSet batch = mixed.next();
      assertThat(batch.getFeatures()).isEqualTo(task.getFeatures());
      // No coupling either.
      assertThat(batch.getLabels().get(NDArrayIndex.all(), NDArrayIndex.interval(0, CLASSES)))
          .isEqualTo(task.getLabels());
    }
    assertThat(rowsOf(mixed.next(), RowRole.WATERMARK)).isNotEmpty();
    assertThat(mixed.hasNext()).isFalse();
  }

  @Test
  void masksGrowWithTheRows() {
    DataSet task =
        new DataSet(
            Nd4j.arange(60).castTo(DataType.FLOAT).reshape(4, 3, 5),
            Nd4j.eye(CLASSES),
            Nd4j.createFromArray(
                new float[][] {{1, 1, 0, 0, 0}, {1, 1, 1, 0, 0}, {1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}}),
            Nd4j.createFromArray(new float[][] {{1}, {1}, {1}, {0}}));
    DataSet mixed = iterator(SPEC, task).next();
    assertThat(mixed.numExamples()).isEqualTo(6);
    assertThat(mixed.getFeaturesMaskArray().getRow(4))
        .isEqualTo(Nd4j.createFromArray(1f, 1, 0, 0, 0));
    assertThat(mixed.getLabelsMaskArray().data().asFloat()).containsExactly(1, 1, 1, 0, 1, 1);
  }

  @Test
  void preprocessorsWorkBeforeTheMixing() {
    var source = new SingletonDataSetIterator(batch(0, 0, 1, 2, 3));
    WatermarkedDataSetIterator mixed =
        new WatermarkedDataSetIterator(source, List.of(watermark(SPEC)), RowRecipe.PAPER);
    var scaler = new ImagePreProcessingScaler(0, 1);
    mixed.setPreProcessor(scaler);
    assertThat(source.getPreProcessor()).isSameAs(scaler);
    assertThat(mixed.getPreProcessor()).isSameAs(scaler);
  }

  @Test
  void keepsLabelNames() {
    DataSet task = batch(0, 0, 1, 2, 3);
    task.setLabelNames(List.of("a", "b", "c", "d"));
    assertThat(iterator(SPEC, task).next().getLabelNamesList()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void refusesLabelsOfAnotherShape() {
    DataSet sequence = new DataSet(Nd4j.ones(2, 3, 5), Nd4j.ones(2, CLASSES, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> iterator(SPEC, sequence).next())
        .withMessageContaining("[2, 4, 5]")
        .withMessageContaining("[n, classes]");
  }
}
