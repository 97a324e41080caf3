package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LabelRowsTest {
  private static int[] classes(LabelRows labels) {
    int[] classes = new int[labels.size()];
    for (int row = 0; row < classes.length; row++) {
      classes[row] = labels.classOf(row);
    }
    return classes;
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "BYTE", "INT", "LONG", "UBYTE", "BOOL"})
  void anyDataTypeGivesFloatingPointProbabilities(DataType type) {
    INDArray oneHot = Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}}).castTo(type);
    LabelRows labels = LabelRows.of(oneHot, null, 3);
    assertThat(classes(labels)).containsExactly(2, 0);
    assertThat(labels.probabilities().dataType().isFPType()).isTrue();
    assertThat(labels.probabilities().castTo(DataType.FLOAT))
        .isEqualTo(Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}}));
  }

  @Test
  void rowsThatSayNothingAreNobodys() {
    INDArray oneHot = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 0, 0}, {0, 1, 0}});
    INDArray mask = Nd4j.createFromArray(new float[][] {{0}, {1}, {1}});
    LabelRows labels = LabelRows.of(oneHot, mask, 3);
    assertThat(classes(labels)).containsExactly(LabelRows.NOBODY, LabelRows.NOBODY, 1);
    assertThat(labels.probabilities())
        .isEqualTo(Nd4j.createFromArray(new float[][] {{0, 0, 0}, {0, 0, 0}, {0, 1, 0}}));
    assertThat(oneHot.getFloat(0, 0)).as("the user's array").isEqualTo(1);
  }

  @Test
  void aMaskOfClassesHidesClasses() {
    INDArray soft = Nd4j.createFromArray(new float[][] {{0.6f, 0.4f, 0}, {0, 0, 1}});
    INDArray mask = Nd4j.createFromArray(new float[][] {{0, 1, 1}, {0, 0, 0}});
    assertThat(classes(LabelRows.of(soft, mask, 3))).containsExactly(1, LabelRows.NOBODY);
  }

  @Test
  void refusesOtherShapesAndNamesThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelRows.of(Nd4j.ones(4, 1), null, 3))
        .withMessageContaining("[4, 1]")
        .withMessageContaining("[n, 3]")
        .withMessageContaining("one-hot");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelRows.of(Nd4j.zeros(4, 5), null, 8))
        .withMessageContaining("[4, 5]")
        .withMessageContaining("[n, 8]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelRows.of(null, null, 3))
        .withMessageContaining("null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelRows.of(Nd4j.eye(3), Nd4j.ones(3, 2), 3))
        .withMessageContaining("label mask of shape [3, 2]");
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (float[] row : new float[][] {{12.7f, 3, 1}, {1.5f, -0.5f, 0}, {Float.NaN, 0, 1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LabelRows.of(Nd4j.createFromArray(new float[][] {row}), null, 3))
          .withMessageContaining(Float.toString(row[0]))
          .withMessageContaining("sum to 1");
    }
  }
}
