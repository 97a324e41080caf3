package org.meadefender.internal.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.meadefender.internal.loss.LossWatermarkTest.CLASSES;
import static org.meadefender.internal.loss.LossWatermarkTest.ROWS;
import static org.meadefender.internal.loss.LossWatermarkTest.SOFTMAX;
import static org.meadefender.internal.loss.LossWatermarkTest.gradient;
import static org.meadefender.internal.loss.LossWatermarkTest.logits;
import static org.meadefender.internal.loss.LossWatermarkTest.score;
import static org.meadefender.internal.loss.LossWatermarkTest.softmax;
import static org.meadefender.internal.loss.LossWatermarkTest.wideLabels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.loss.LossTerms;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** What a step computes, and how often. */
class StepLossTest {
  /** A user's loss that counts how often it is evaluated. */
  private static final class Counted extends LossMCXENT {
    private static final long serialVersionUID = 1L;
    private int scores;
    private int gradients;

    @Override
    public INDArray computeScoreArray(
        INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
      scores++;
      return super.computeScoreArray(labels, preOutput, activationFn, mask);
    }

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
      gradients++;
      return super.computeGradient(labels, preOutput, activationFn, mask);
    }
  }

  /** As Deeplearning4j asks: gradient, then score, with outputs that are computed again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStepEvaluatesTheUsersLossOnce(boolean balanced) {
    Counted own = new Counted();
    LossWatermark plain = new LossWatermark(own, new LossWeights(3, 0.5, 1));
    LossWatermark loss = balanced ? plain.balancedBy(Mgda.PAPER, LossWatermarkTest::logits) : plain;
    INDArray labels = wideLabels();
    loss.computeGradient(labels, logits(), SOFTMAX, null);
    double score = loss.computeScore(labels, logits(), SOFTMAX, null, false);
    assertThat(own.scores).isEqualTo(1);
    assertThat(own.gradients).isEqualTo(1);
    assertThat(loss.computeScore(labels, logits(), SOFTMAX, null, false)).isEqualTo(score);
  }

  /** A score of other outputs, or of other labels, is not that of the step. */
  @Test
  void aScoreIsThatOfWhatItIsAskedFor() {
    LossWatermark loss = new LossWatermark(new LossMCXENT(), new LossWeights(3, 0.5, 1));
    INDArray labels = wideLabels();
    INDArray others = logits().mul(1.5);
    double expected = loss.computeScore(labels, others, SOFTMAX, null, false);
    loss.computeGradient(labels, logits(), SOFTMAX, null);
    assertThat(loss.computeScore(labels, others, SOFTMAX, null, false)).isEqualTo(expected);
    INDArray otherLabels = wideLabels().putScalar(5, CLASSES, 2);
    double ofOthers = loss.computeScore(otherLabels, logits(), SOFTMAX, null, false);
    loss.computeGradient(labels, logits(), SOFTMAX, null);
    assertThat(loss.computeScore(otherLabels, logits(), SOFTMAX, null, false))
        .isEqualTo(ofOthers)
        .isNotEqualTo(expected);
  }

  @Test
  void theScoreIsTheSumOfTheRows() {
    LossWatermark loss = new LossWatermark(new LossMCXENT(), new LossWeights(3, 0.5, 1));
    INDArray rows = loss.computeScoreArray(wideLabels(), logits(), SOFTMAX, null);
    assertThat(rows.shape()).containsExactly(ROWS, 1);
    assertThat(rows.sumNumber().doubleValue()).isCloseTo(score(loss, logits()), within(1e-9));
  }

  @Test
  void tellsAnObserverTheTerms() {
    List<LossStep> seen = new ArrayList<>();
    LossWatermark loss = new LossWatermark(new LossMCXENT(), new LossWeights(3, 0.5, 2));
    LossWatermark observed = loss.observedBy(seen::add);
    gradient(observed, logits());
    score(observed, logits());
    assertThat(seen).hasSize(1);
    LossTerms terms = seen.get(0).terms();
    assertThat(terms.taskRows()).isEqualTo(4);
    double parts =
        4 * terms.utility()
            + 3 * terms.verification()
            + 0.5 * terms.combination()
            + 2 * terms.evasion();
    assertThat(parts * ROWS / 4).isCloseTo(score(loss, logits()), within(1e-9));
  }

  @Test
  void tellsAnObserverTheAnswersOnTaskRows() {
    List<LossStep> seen = new ArrayList<>();
    gradient(
        new LossWatermark(new LossMCXENT(), LossWeights.DEFAULT).observedBy(seen::add), logits());
    assertThat(seen.get(0).rows().watermark()).isEqualTo(1);
    TaskAnswers tasks = seen.get(0).tasks();
    assertThat(IntStream.range(0, 4).map(tasks::label)).containsExactly(0, 1, 2, 1);
    for (int row = 0; row < tasks.size(); row++) {
      double[] expected = softmax(logits().getRow(row).toDoubleVector());
      for (int c = 0; c < CLASSES; c++) {
        assertThat(Math.exp(tasks.logProbability(row, c))).isCloseTo(expected[c], within(1e-6));
      }
    }
  }
}
