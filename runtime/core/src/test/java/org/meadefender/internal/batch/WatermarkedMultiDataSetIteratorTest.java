package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.utilty.SingletonMultiDataSetIterator;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class WatermarkedMultiDataSetIteratorTest {
  private static final int CLASSES = 4;
  private static final int ROWS = 16;
  private static final Watermark MARK =
      Watermark.derive(
          WatermarkSpec.of(0, 1, 0.5).withTarget(3), OwnerKey.insecureFromSeed(1), CLASSES);

  /** All values of a row are its number + 1, in every input. */
  private static INDArray numbered(long... shape) {
    INDArray rows = Nd4j.create(shape);
    for (int i = 0; i < ROWS; i++) {
      rows.slice(i).assign(i + 1);
    }
    return rows;
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(ROWS, CLASSES);
    for (int i = 0; i < ROWS; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return labels;
  }

  private static MultiDataSet mixed(OptionalInt marked, MultiDataSet batch) {
    return (MultiDataSet)
        new WatermarkedMultiDataSetIterator(
                new SingletonMultiDataSetIterator(batch), marked, List.of(MARK), RowRecipe.PAPER)
            .next();
  }

  @Test
  void combinesTheMarkedInputAndTakesTheOthersFromEitherSource() {
    MultiDataSet task =
        new MultiDataSet(
            new INDArray[] {numbered(ROWS, 3), numbered(ROWS, 1, 4, 4)},
            new INDArray[] {labels()},
            new INDArray[] {Nd4j.ones(ROWS, 3), null},
            null);
    MultiDataSet mixed = mixed(OptionalInt.empty(), task);

    INDArray vectors = mixed.getFeatures(0);
    INDArray images = mixed.getFeatures(1);
    assertThat(vectors.get(NDArrayIndex.interval(0, ROWS))).isEqualTo(task.getFeatures(0));
    assertThat(images.get(NDArrayIndex.interval(0, ROWS))).isEqualTo(task.getFeatures(1));
    assertThat(mixed.getFeaturesMaskArray(0).shape()).containsExactly(ROWS + 16, 3);
    assertThat(mixed.getFeaturesMaskArray(1)).isNull();
    assertThat(mixed.getLabels(0).shape()).containsExactly(ROWS + 16, CLASSES + 3);
    Set<Integer> classesOfSide = new HashSet<>();
    for (int row = ROWS; row < ROWS + 16; row++) {
      Set<Float> numbers = new HashSet<>();
      for (float value : images.slice(row).dup().data().asFloat()) {
        numbers.add(value);
      }
      float side = vectors.getFloat(row, 0);
      assertThat(vectors.getFloat(row, 2)).isEqualTo(side);
      if (mixed.getLabels(0).getFloat(row, CLASSES) == RowRole.WATERMARK.code()) {
        assertThat(numbers).hasSize(2).contains(side);
        classesOfSide.add((int) (side - 1) % CLASSES);
      }
    }
    assertThat(classesOfSide).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void batchesAreCountedAndMayRest() {
    WatermarkedMultiDataSetIterator mixed =
        new WatermarkedMultiDataSetIterator(
            new SingletonMultiDataSetIterator(
                new MultiDataSet(
                    new INDArray[] {numbered(ROWS, 1, 4, 4)}, new INDArray[] {labels()})),
            OptionalInt.empty(),
            List.of(MARK),
            RowRecipe.PAPER);
    assertThat(mixed.countBatches(() -> false)).isEqualTo(1);
    mixed.startEpoch(0, 1, RowRecipe.PAPER);
    assertThat(mixed.next().getFeatures(0).size(0)).isEqualTo(ROWS);
    mixed.reset();
    assertThat(mixed.next().getFeatures(0).size(0)).isGreaterThan(ROWS);
  }

  @Test
  void marksTheInputThatIsAskedFor() {
    MultiDataSet mixed =
        mixed(
            OptionalInt.of(0),
            new MultiDataSet(
                new INDArray[] {numbered(ROWS, 8), numbered(ROWS, 1, 4, 4)},
                new INDArray[] {labels()}));
    for (int row = ROWS; row < ROWS + 16; row++) {
      INDArray image = mixed.getFeatures(1).slice(row);
      assertThat(image.minNumber()).isEqualTo(image.maxNumber());
    }
  }

  @Test
  void refusesWhatItCannotMark() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                mixed(
                    OptionalInt.empty(),
                    new MultiDataSet(
                        new INDArray[] {numbered(ROWS, 8), numbered(ROWS, 6)},
                        new INDArray[] {labels()})))
        .withMessageContaining("[16, 8]")
        .withMessageContaining("name the input");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                mixed(
                    OptionalInt.empty(),
                    new MultiDataSet(
                        new INDArray[] {numbered(ROWS, 8)}, new INDArray[] {labels(), labels()})))
        .withMessageContaining("2 arrays of labels");
  }
}
