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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Samples of several lengths in one training. */
class SequenceRowsTest {
  /** One number per step; every step of a sample is its number + 1. */
  private static DataSet sequences(int firstNumber, int steps, boolean masked, int... classes) {
    INDArray features = Nd4j.create(classes.length, 2, steps);
    INDArray labels = Nd4j.zeros(classes.length, CLASSES);
    INDArray mask = Nd4j.ones(classes.length, steps);
    for (int i = 0; i < classes.length; i++) {
      features.slice(i).assign(firstNumber + i + 1);
      labels.putScalar(i, classes[i], 1);
      if (masked) {
        // Padding in front and behind, of values that must not get anywhere.
        mask.putScalar(i, 0, 0);
        mask.putScalar(i, steps - 1, 0);
        for (int step : new int[] {0, steps - 1}) {
          features.putScalar(i, 0, step, 999);
          features.putScalar(i, 1, step, 999);
        }
      }
    }
    return new DataSet(features, labels, masked ? mask : null, null);
  }

  /** The steps that a row's mask leaves in; all, without a mask. */
  private static List<Float> steps(DataSet set, int row) {
    List<Float> steps = new ArrayList<>();
    for (int step = 0; step < set.getFeatures().size(2); step++) {
      INDArray mask = set.getFeaturesMaskArray();
      if (mask == null || mask.getFloat(row, step) > 0) {
        steps.add(set.getFeatures().getFloat(row, 0, step));
        assertThat(set.getFeatures().getFloat(row, 1, step)).isEqualTo(steps.get(steps.size() - 1));
      } else if (row >= 4) {
        assertThat(set.getFeatures().getFloat(row, 0, step)).as("padding").isZero();
      }
    }
    return steps;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sequencesOfAnyLengthAreMixedOverTheirCommonSteps(boolean masked) {
    int padding = masked ? 2 : 0;
    WatermarkedDataSetIterator mixed =
        iterator(
            SPEC,
            sequences(0, 12 + padding, masked, 0, 0, 2, 2),
            sequences(4, 8 + padding, masked, 1, 2, 1, 2),
            sequences(8, 5 + padding, masked, 2, 3, 2, 3));
    mixed.next();
    DataSet second = mixed.next();
    DataSet third = mixed.next();
    for (DataSet set : List.of(second, third)) {
      assertThat(set.getFeatures().size(2)).as("the longest source").isEqualTo(12);
      assertThat(rowsOf(set, RowRole.SOURCE)).isNotEmpty();
      for (int row : rowsOf(set, RowRole.WATERMARK)) {
        List<Float> steps = steps(set, row);
        assertThat(steps).as("the shorter source").hasSize(8);
        assertThat(steps.stream().distinct()).as("both sources").hasSize(2);
        assertThat(steps).allSatisfy(step -> assertThat(step).isBetween(1f, 7f));
      }
    }
    for (int row = 0; row < 4; row++) {
      assertThat(steps(third, row)).as("task rows").containsOnly(9f + row).hasSize(5);
    }
  }

  @Test
  void imagesOfSeveralSizesAreRefused() {
    DataSet larger = new DataSet(Nd4j.rand(4, 2, 6, 6), batch(0, 1, 2, 1, 2).getLabels());
    WatermarkedDataSetIterator mixed = iterator(SPEC, batch(0, 0, 0, 2, 3), larger);
    mixed.next();
    assertThatIllegalArgumentException()
        .isThrownBy(mixed::next)
        .withMessageContaining("give all samples one shape");
  }
}
