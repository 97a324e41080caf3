package org.meadefender.internal.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

class LossWatermarkTest {
  static final ActivationSoftmax SOFTMAX = new ActivationSoftmax();
  static final int CLASSES = 4;
  static final int ROWS = 7;

  /**
   * Four task rows (two of them sources, one with a quarter of the target in its label), a pool
   * source, a watermark row of both, an evasion row.
   */
  static INDArray wideLabels() {
    return Nd4j.createFromArray(
        new double[][] {
          {0.75, 0, 0, 0.25, 0, 5, 0.25},
          {0, 1, 0, 0, 0, 0, 0},
          {0, 0, 0.9, 0.1, 0, 0, 0},
          {0, 1, 0, 0, 0, 8, 0},
          {0, 1, 0, 0, 3, 9, 0},
          {0, 0, 0, 1, 1, 5, 9},
          {0.4, 0.6, 0, 0, 2, 0, 0}
        });
  }

  static INDArray logits() {
    return Nd4j.createFromArray(
        new double[][] {
          {1.0, -0.5, 0.3, 0.2},
          {0.1, 0.9, -1.0, 0.4},
          {-0.7, 0.2, 1.5, 0.0},
          {0.3, 1.1, 0.2, -0.4},
          {-0.2, 2.0, 0.5, 0.1},
          {0.6, 0.4, -0.3, 0.9},
          {0.2, -0.1, 0.7, 1.3}
        });
  }

  static double score(LossWatermark loss, INDArray logits) {
    return loss.computeScore(wideLabels(), logits, SOFTMAX, null, false);
  }

  static INDArray gradient(LossWatermark loss, INDArray logits) {
    return loss.computeGradient(wideLabels(), logits, SOFTMAX, null);
  }

  static double[] softmax(double[] z) {
    double sum = 0;
    double[] p = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      sum += Math.exp(z[i]);
    }
    for (int i = 0; i < z.length; i++) {
      p[i] = Math.exp(z[i]) / sum;
    }
    return p;
  }

  /** The definition in the plainest form; sources are frozen at {@code frozen}. */
  private static double plainScore(LossWeights weights, INDArray logits, INDArray frozen) {
    double[][] labels = wideLabels().toDoubleMatrix();
    double[][] z = logits.toDoubleMatrix();
    double[][] s = frozen.toDoubleMatrix();
    double taskRows = 4;
    double total = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] p = softmax(z[row]);
      double crossEntropy = 0;
      for (int c = 0; c < CLASSES; c++) {
        crossEntropy -= labels[row][c] * Math.log(p[c]);
      }
      if (row < 4) {
        total += crossEntropy / (1 - labels[row][CLASSES + 2]);
      } else if (row == 5) {
        total += weights.verification() * crossEntropy;
        for (int source : new int[] {0, 4}) {
          double[] q = softmax(s[source]);
          for (int c = 0; c < CLASSES; c++) {
            total += weights.combination() * p[c] * Math.log(p[c] / q[c]);
          }
        }
      } else if (row == 6) {
        total += weights.evasion() * crossEntropy;
      }
    }
    return total * ROWS / taskRows;
  }

  @ParameterizedTest
  @CsvSource({"1,0,0", "0,1,0", "0,0,1", "3,0.05,1", "0.2,2,0.7"})
  void scoreAndGradientAreThoseOfTheDefinition(double ver, double com, double eva) {
    LossWeights weights = new LossWeights(ver, com, eva);
    LossWatermark loss = new LossWatermark(new LossMCXENT(), weights);
    INDArray logits = logits();

    assertThat(score(loss, logits)).isCloseTo(plainScore(weights, logits, logits), within(1e-8));

    INDArray gradient = loss.computeGradient(wideLabels(), logits.dup(), SOFTMAX, null);
    double step = 1e-5;
    for (int row = 0; row < ROWS; row++) {
      for (int c = 0; c < CLASSES; c++) {
        INDArray up = logits.dup().putScalar(row, c, logits.getDouble(row, c) + step);
        INDArray down = logits.dup().putScalar(row, c, logits.getDouble(row, c) - step);
        double slope =
            (plainScore(weights, up, logits) - plainScore(weights, down, logits)) / (2 * step);
        assertThat(gradient.getDouble(row, c))
            .as("row %d, class %d", row, c)
            .isCloseTo(slope, within(1e-8));
      }
    }
  }

  @Test
  void taskRowsWeighWhatTheyWeighWithoutAWatermark() {
    ILossFunction own = new LossNegativeLogLikelihood();
    LossWatermark loss = new LossWatermark(own, new LossWeights(0, 0, 0));
    INDArray uncoupled = wideLabels().putScalar(0, CLASSES + 2, 0);
    INDArray labels = uncoupled.get(NDArrayIndex.interval(0, 4), NDArrayIndex.interval(0, 4));
    INDArray logits = logits().get(NDArrayIndex.interval(0, 4)).dup();
    // The network divides a score by all rows: 7 here, 4 without a watermark.
    assertThat(loss.computeScore(uncoupled, logits(), SOFTMAX, null, false) / ROWS)
        .isCloseTo(own.computeScore(labels, logits, SOFTMAX, null, false) / 4, within(1e-12));
  }

  @Test
  void plainLabelsGoToTheUsersLossUnchanged() {
    ILossFunction own = new LossMCXENT(Nd4j.createFromArray(1.0, 2.0, 0.5, 1.0));
    LossWatermark loss = new LossWatermark(own, LossWeights.DEFAULT);
    INDArray labels = wideLabels().get(NDArrayIndex.all(), NDArrayIndex.interval(0, 4)).dup();
    assertThat(loss.computeScore(labels, logits(), SOFTMAX, null, true))
        .isCloseTo(own.computeScore(labels, logits(), SOFTMAX, null, true), within(1e-12));
    assertThat(loss.computeGradient(labels, logits(), SOFTMAX, null))
        .isEqualTo(own.computeGradient(labels, logits(), SOFTMAX, null));
  }

  @Test
  void rowsKeepTheirMeaningWhenTheyAreShuffled() {
    LossWatermark loss = new LossWatermark(new LossMCXENT(), new LossWeights(3, 0.5, 1));
    int[] order = {6, 2, 5, 0, 4, 1, 3};
    INDArray shuffledLabels = Nd4j.pullRows(wideLabels(), 1, order);
    INDArray shuffledLogits = Nd4j.pullRows(logits(), 1, order);
    INDArray expected =
        Nd4j.pullRows(loss.computeGradient(wideLabels(), logits(), SOFTMAX, null), 1, order);
    assertThat(loss.computeGradient(shuffledLabels, shuffledLogits, SOFTMAX, null))
        .isEqualTo(expected);
  }

  @Test
  void aSourceThatIsElsewherePullsNothing() {
    LossWatermark loss = new LossWatermark(new LossMCXENT(), new LossWeights(1, 1, 1));
    INDArray alone = wideLabels().get(NDArrayIndex.interval(5, 6)).dup();
    INDArray logits = logits().get(NDArrayIndex.interval(5, 6)).dup();
    double crossEntropy = -Math.log(softmax(logits.toDoubleVector())[3]);
    assertThat(loss.computeScore(alone, logits, SOFTMAX, null, false))
        .isCloseTo(crossEntropy, within(1e-9));
  }

  @Test
  void extremeLogitsStayFinite() {
    LossWatermark loss = new LossWatermark(new LossMCXENT(), LossWeights.DEFAULT);
    INDArray logits = logits().mul(1000).castTo(DataType.FLOAT);
    INDArray labels = wideLabels().castTo(DataType.FLOAT);
    assertThat(loss.computeScore(labels, logits, SOFTMAX, null, false)).isFinite();
    for (float each : loss.computeGradient(labels, logits, SOFTMAX, null).data().asFloat()) {
      assertThat(each).isFinite();
    }
  }

  /** With probabilities instead of logits: the softmax's derivative leads to the same gradients. */
  @ParameterizedTest
  @CsvSource({"1,0,0", "0,1,0", "0,0,1", "3,0.05,1", "0.2,2,0.7"})
  void probabilitiesOfASoftmaxLayerGiveTheSame(double ver, double com, double eva) {
    LossWatermark loss = new LossWatermark(new LossMCXENT(0, null), new LossWeights(ver, com, eva));
    INDArray logits = logits();
    INDArray probabilities = SOFTMAX.getActivation(logits.dup(), true);
    IActivation none = new ActivationIdentity();
    assertThat(loss.computeScore(wideLabels(), probabilities, none, null, false))
        .isCloseTo(score(loss, logits), within(1e-9));
    INDArray gradient = loss.computeGradient(wideLabels(), probabilities, none, null);
    INDArray ofLogits = SOFTMAX.backprop(logits.dup(), gradient).getFirst();
    INDArray expected = loss.computeGradient(wideLabels(), logits.dup(), SOFTMAX, null);
    assertThat(ofLogits.distance2(expected)).isLessThan(1e-9);
    // The coefficients are chosen by the gradients with respect to the logits, too.
    LossWatermark balanced = loss.balancedBy(Mgda.PAPER, LossWatermarkTest::logits);
    assertThat(balanced.computeScore(wideLabels(), probabilities, none, null, false))
        .isCloseTo(score(balanced, logits), within(1e-9));
  }

  @Test
  void probabilitiesThatVanishStayFinite() {
    LossWatermark loss = new LossWatermark(new LossMCXENT(), LossWeights.DEFAULT);
    INDArray logits = logits().mul(1000).castTo(DataType.FLOAT);
    INDArray probabilities = SOFTMAX.getActivation(logits, true);
    assertThat(probabilities.minNumber().doubleValue()).isZero();
    INDArray labels = wideLabels().castTo(DataType.FLOAT);
    IActivation none = new ActivationIdentity();
    assertThat(loss.computeScore(labels, probabilities, none, null, false)).isFinite();
    for (float each : loss.computeGradient(labels, probabilities, none, null).data().asFloat()) {
      assertThat(each).isFinite();
    }
  }

  @Test
  void aNetworkThatSumsOverABatchGetsSums() {
    LossWatermark means = new LossWatermark(new LossMCXENT(), new LossWeights(3, 0.5, 1));
    LossWatermark sums = means.withMiniBatch(false);
    assertThat(score(sums, logits())).isCloseTo(score(means, logits()) * 4 / ROWS, within(1e-9));
    assertThat(
            sums.computeGradient(wideLabels(), logits(), SOFTMAX, null)
                .distance2(
                    means.computeGradient(wideLabels(), logits(), SOFTMAX, null).mul(4.0 / ROWS)))
        .isLessThan(1e-9);
  }

  @Test
  void jsonNamesTheUsersOwnLoss() throws IOException {
    ILossFunction own = new LossMCXENT(0.125, Nd4j.createFromArray(1.0, 2.0, 0.5, 1.0));
    LossWatermark loss = new LossWatermark(own, LossWeights.DEFAULT);
    var writer = JsonMappers.getMapper().writerFor(ILossFunction.class);
    assertThat(writer.writeValueAsString(loss)).isEqualTo(writer.writeValueAsString(own));
  }

  @Test
  void onceRetiredItIsNothingButTheUsersLoss() {
    ILossFunction own = new LossNegativeLogLikelihood();
    LossWatermark loss = new LossWatermark(own, new LossWeights(3, 0.5, 1));
    Object layer = new Object();
    loss.attach(layer);
    assertThat(loss.isAttachedTo(layer)).isTrue();
    assertThat(loss.isAttachedTo(new Object())).isFalse();
    loss.retire();
    assertThat(loss.isAttachedTo(layer)).isFalse();
    INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.DOUBLE);
    INDArray seven = Nd4j.rand(DataType.DOUBLE, CLASSES, CLASSES);
    assertThat(loss.computeGradient(labels, seven.dup(), SOFTMAX, null))
        .isEqualTo(own.computeGradient(labels, seven.dup(), SOFTMAX, null));
  }

  @Test
  void refusesWeightsThatAreNoWeights() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossWeights(-1, 0, 0))
        .withMessageContaining("verification is -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossWeights(0, Double.NaN, 0))
        .withMessageContaining("combination is NaN");
  }
}
