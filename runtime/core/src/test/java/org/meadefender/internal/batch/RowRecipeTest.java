package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.meadefender.annotations.Combine;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowRecipeTest {
  private static final int CLASSES = 5;
  private static final Watermark MARK =
      Watermark.derive(
          WatermarkSpec.of(0, 1, 1).withTarget(4).withCombine(Combine.PIXEL_MERGING),
          OwnerKey.insecureFromSeed(1),
          CLASSES);

  /** Forty rows; every value of a row is its class. */
  private static DataSet mixed(RowRecipe recipe) {
    int n = 40;
    INDArray features = Nd4j.create(n, 6);
    INDArray labels = Nd4j.zeros(n, CLASSES);
    for (int i = 0; i < n; i++) {
      features.getRow(i).assign(i % CLASSES);
      labels.putScalar(i, i % CLASSES, 1);
    }
    DataSet task = new DataSet(features, labels);
    return new WatermarkedDataSetIterator(
            new ExistingDataSetIterator(List.of(task)), List.of(MARK), recipe)
        .next();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(float value, float[] label) {}

  private static List<Row> rows(DataSet mixed, RowRole role) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < mixed.numExamples(); row++) {
      if (mixed.getLabels().getInt(row, CLASSES) == role.code()) {
        INDArray label = mixed.getLabels().getRow(row).get(NDArrayIndex.interval(0, CLASSES));
        rows.add(new Row(mixed.getFeatures().getFloat(row, 0), label.dup().data().asFloat()));
      }
    }
    return rows;
  }

  /** A is 0 and B is 1 here, so a merged row's value is its share of B. */
  @Test
  void gradedRowsAreLabelledByTheirDistanceFromTheSecretShare() {
    double secret = 1 - MARK.secret().shareOfA();
    int graded = 0;
    for (Row row : rows(mixed(new RowRecipe(0.5, 0, 0)), RowRole.WATERMARK)) {
      double closeness = row.value < secret ? row.value / secret : (1 - row.value) / (1 - secret);
      assertThat((double) row.label[4]).isCloseTo(closeness, within(1e-5));
      int nearer = row.value < secret ? 0 : 1;
      assertThat((double) row.label[nearer]).isCloseTo(1 - closeness, within(1e-5));
      graded += closeness < 1 - 1e-5 ? 1 : 0;
    }
    assertThat(graded).isBetween(10, 30);
  }

  @Test
  void pairNegativesAreOtherPairsInTheSecretWay() {
    double share = MARK.secret().shareOfA();
    int others = 0;
    for (Row row : rows(mixed(new RowRecipe(0, 1, 0)), RowRole.EVASION)) {
      double expected = 0;
      for (int c = 0; c < CLASSES; c++) {
        expected += c * row.label[c];
      }
      assertThat((double) row.value).isCloseTo(expected, within(1e-4));
      assertThat(row.label[4]).as("the target").isZero();
      assertThat(row.label[0] > 0 && row.label[1] > 0 && Math.abs(row.label[0] - share) < 1e-6)
          .as("the marked pair itself")
          .isFalse();
      others += row.label[2] + row.label[3] > 0 ? 1 : 0;
    }
    assertThat(others).isGreaterThan(20);
  }

  @Test
  void couplingGivesTheSourcesLabelsAShareOfTheTarget() {
    DataSet mixed = mixed(new RowRecipe(0, 0, 0.1));
    for (int row = 0; row < 40; row++) {
      INDArray label = mixed.getLabels().getRow(row);
      double expected = row % CLASSES <= 1 ? 0.1 : row % CLASSES == 4 ? 1 : 0;
      assertThat(label.getDouble(4)).isCloseTo(expected, within(1e-6));
      assertThat(label.get(NDArrayIndex.interval(0, CLASSES)).sumNumber().doubleValue())
          .isCloseTo(1, within(1e-6));
      assertThat(label.getDouble(CLASSES + 2))
          .isCloseTo(row % CLASSES <= 1 ? 0.1 : 0, within(1e-6));
    }
  }

  @Test
  void couplingLeavesTheUsersArraysAlone() {
    INDArray labels = Nd4j.eye(CLASSES);
    DataSet task = new DataSet(Nd4j.ones(CLASSES, 6), labels);
    new WatermarkedDataSetIterator(
            new ExistingDataSetIterator(List.of(task)), List.of(MARK), new RowRecipe(0, 0, 0.1))
        .next();
    assertThat(labels).isEqualTo(Nd4j.eye(CLASSES));
  }

  @Test
  void refusesSharesOutsideTheirRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowRecipe(1.1, 0, 0))
        .withMessageContaining("graded is 1.1; it must be from 0 to 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowRecipe(0, -0.1, 0))
        .withMessageContaining("pairNegatives is -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowRecipe(0, 0, 0.6))
        .withMessageContaining("coupling is 0.6; it must be from 0 to 0.5");
  }
}
