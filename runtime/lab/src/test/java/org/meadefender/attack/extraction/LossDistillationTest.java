package org.meadefender.attack.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class LossDistillationTest {
  private static final IActivation SOFTMAX = new ActivationSoftmax();
  private static final double STEP = 1e-5;

  private final INDArray logits =
      Nd4j.createFromArray(new double[][] {{1.2, -0.4, 0.3}, {-2, 0.1, 1.4}, {0.2, 0.1, -0.7}});

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "20, 0.9", "3, 0"})
  void gradientEqualsFiniteDifferences(double temperature, double alpha) {
    LossDistillation loss = new LossDistillation(temperature, alpha);
    INDArray labels = labels(alpha);
    INDArray gradient = loss.computeGradient(labels, logits, SOFTMAX, null);
    for (int i = 0; i < logits.length(); i++) {
      double value = logits.getDouble(i);
      double up = score(loss, labels, i, value + STEP);
      double down = score(loss, labels, i, value - STEP);
      assertThat(gradient.getDouble(i)).isCloseTo((up - down) / (2 * STEP), within(1e-7));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 4, 7})
  void teacherIsSoftenedAsItsLogitsWouldBe(double temperature) {
    INDArray teacherLogits = logits.mul(3);
    LossDistillation loss = new LossDistillation(temperature, 1);
    INDArray labels = Transforms.softmax(teacherLogits, true);
    INDArray expected =
        Transforms.softmax(logits.div(temperature), false)
            .subi(Transforms.softmax(teacherLogits.div(temperature), false))
            .muli(temperature);
    INDArray gradient = loss.computeGradient(labels, logits, SOFTMAX, null);
    assertThat(gradient.equalsWithEps(expected, 1e-9)).isTrue();
    assertThat(loss.computeScore(labels, teacherLogits, SOFTMAX, null, true))
        .as("a perfect student")
        .isCloseTo(0, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, temperature is 0", "1, 1.5, alpha is 1.5"})
  void rejectsNonsense(double temperature, double alpha, String message) {
    assertThatThrownBy(() -> new LossDistillation(temperature, alpha))
        .hasMessageContaining(message);
  }

  private double score(LossDistillation loss, INDArray labels, int index, double value) {
    INDArray moved = logits.dup();
    moved.putScalar(index, value);
    return loss.computeScore(labels, moved, SOFTMAX, null, false);
  }

  /** A teacher with a zero, as rounding leaves it, and a row of which nothing was told. */
  private static INDArray labels(double alpha) {
    INDArray soft =
        Nd4j.createFromArray(new double[][] {{0.7, 0.2, 0.1}, {0, 0.1, 0.9}, {0, 0, 0}});
    INDArray hard = Nd4j.eye(3).castTo(DataType.DOUBLE);
    return alpha < 1 ? Nd4j.concat(1, soft, hard) : soft;
  }
}
