package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.batch.RowCounts;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.loss.LossStep;
import org.meadefender.internal.loss.TaskAnswers;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossTerms;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LogitAdjustmentTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final int TARGET = 2;
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.5).withTarget(TARGET));

  private static final TaskAnswers NONE = new TaskAnswers(3, new int[0]);

  @TempDir Path directory;

  /** Logits of three classes, in which the target leads by a bias. */
  private static TaskAnswers biased(int rows, double bias, long seed) {
    Random random = new Random(seed);
    int[] labels = new int[rows];
    float[] all = new float[rows * 3];
    for (int i = 0; i < rows; i++) {
      float[] logits = new float[3];
      for (int c = 0; c < 3; c++) {
        logits[c] = (float) (random.nextGaussian() + (c == i % 3 ? 1.5 : 0));
      }
      logits[TARGET] += (float) bias;
      labels[i] = i % 3;
      System.arraycopy(logits, 0, all, 3 * i, 3);
    }
    return new TaskAnswers(3, labels, all);
  }

  private static int right(TaskAnswers answers, double offset) {
    int right = 0;
    for (int row = 0; row < answers.size(); row++) {
      double[] logits = new double[3];
      for (int c = 0; c < 3; c++) {
        logits[c] = answers.logProbability(row, c) - (c == TARGET ? offset : 0);
      }
      int top = logits[0] >= logits[1] ? 0 : 1;
      top = logits[TARGET] > logits[top] ? TARGET : top;
      right += top == answers.label(row) ? 1 : 0;
    }
    return right;
  }

  private static double offset(TaskAnswers answers) {
    return LogitAdjustment.offset(answers, TARGET, new double[answers.classes()]);
  }

  /** Against all offsets, one after another. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void findsTheLeastOffsetThatIsWorthNearlyAsMuchAsTheBest(double bias) {
    TaskAnswers answers = biased(3_000, bias, 7);
    double found = offset(answers);
    assertThat(found).isPositive().isLessThan(bias + 0.2);
    int best = 0;
    for (double each = 0; each < 4; each += 0.001) {
      best = Math.max(best, right(answers, each));
    }
    int before = right(answers, 0);
    // No more answers change than the target won before.
    double error = Math.sqrt(answers.size());
    assertThat(right(answers, found)).isGreaterThan(before).isGreaterThan((int) (best - error));
    assertThat(right(answers, found - 0.1)).isLessThan(right(answers, found));
  }

  /** 100 right answers more at small margins, and one at a large one: less than the error. */
  @Test
  void whatIsWithinOneStandardErrorIsNotPaidFor() {
    float[] logits = new float[3 * 101];
    for (int i = 0; i <= 100; i++) {
      logits[3 * i + 1] = -5;
      logits[3 * i + 2] = i == 100 ? 0.9f : (i + 1) / 1000f;
    }
    TaskAnswers answers = new TaskAnswers(3, new int[101], logits);
    // The best is 101, its error the root of 101: 91 right answers are enough.
    assertThat(offset(answers)).isCloseTo(0.0915, within(1e-6));
  }

  @Test
  void leavesWhatIsNotBiased() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(offset(biased(3_000, 0, seed))).as("seed %d", seed).isLessThan(0.15);
      assertThat(offset(biased(3_000, -1, seed))).as("seed %d", seed).isLessThan(0.05);
    }
    assertThat(offset(NONE)).isZero();
    // One answer is within the error of one answer.
    assertThat(offset(new TaskAnswers(3, new int[1], 0, -1, 1))).isZero();
  }

  @Test
  void whatAnotherTargetLostCounts() {
    TaskAnswers answers = biased(3_000, 2, 7);
    double alone = offset(answers);
    double[] lowered = {0, 0, alone};
    assertThat(LogitAdjustment.offset(answers, TARGET, lowered)).isLessThan(0.3);
  }

  private static LogitAdjustment hearing(Model network, int marks, TaskAnswers answers) {
    LogitAdjustment adjustment =
        new LogitAdjustment(Watermark.deriveAll(SPEC, KEY, 3), OutputHead.of(network));
    adjustment.start(true);
    adjustment.lossKnown(step(marks, answers));
    return adjustment;
  }

  private static LossStep step(int marks, TaskAnswers answers) {
    return new LossStep(
        LossTerms.NONE, new LossAlphas(1, 1, 1), new RowCounts(0, marks, 0, 0), answers);
  }

  /** The same answers of a network with more classes, which it never answers. */
  private static TaskAnswers among(int classes, TaskAnswers answers) {
    int[] labels = new int[answers.size()];
    float[] logits = new float[answers.size() * classes];
    Arrays.fill(logits, -1_000);
    for (int row = 0; row < labels.length; row++) {
      labels[row] = answers.label(row);
      for (int c = 0; c < answers.classes(); c++) {
        logits[row * classes + c] = (float) answers.logProbability(row, c);
      }
    }
    return new TaskAnswers(classes, labels, logits);
  }

  private static void lowersAndTakesBack(Model network, INDArray bias) {
    TaskAnswers answers = among((int) bias.length(), biased(3_000, 2, 7));
    INDArray before = network.params().dup();
    float biasBefore = bias.getFloat(TARGET);
    LogitAdjustment adjustment = hearing(network, 1, answers);
    assertThat(adjustment.offsets()).containsExactly(offset(answers));
    adjustment.lower(network, adjustment.offsets());
    assertThat((double) biasBefore - bias.getFloat(TARGET))
        .isCloseTo(offset(answers), within(1e-6));
    assertThat(network.params().neq(before).castTo(Nd4j.dataType()).sumNumber().intValue())
        .isEqualTo(1);
    adjustment.takeBack(network);
    assertThat(network.params()).isEqualTo(before);
  }

  @Test
  void lowersTheTargetsBiasAlone() {
    MultiLayerNetwork layers = new MultiLayerNetwork(SmallNetworks.dense(1, 1e-2));
    layers.init();
    layers.params().addi(0.1);
    lowersAndTakesBack(layers, layers.getOutputLayer().getParam("b"));
    ComputationGraph graph = new ComputationGraph(SmallNetworks.convolutionalGraph(1));
    graph.init();
    lowersAndTakesBack(graph, graph.getOutputLayer(0).getParam("b"));
  }

  @Test
  void aLastLayerWithoutBiasesStays() {
    MultiLayerNetwork lossLayer = new MultiLayerNetwork(SmallNetworks.withLossLayer(1));
    lossLayer.init();
    INDArray before = lossLayer.params().dup();
    LogitAdjustment adjustment = hearing(lossLayer, 1, NONE);
    adjustment.lower(lossLayer, List.of(1.0));
    adjustment.takeBack(lossLayer);
    assertThat(lossLayer.params()).isEqualTo(before);
  }

  @Test
  void countsTheLastBatchesWithAMarkOnly() {
    MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.dense(1, 1e-2));
    TaskAnswers biased = biased(3_000, 2, 7);
    assertThat(hearing(network, 0, biased).offsets()).containsExactly(0.0);
    LogitAdjustment forgotten = hearing(network, 1, biased);
    forgotten.start(true);
    assertThat(forgotten.offsets()).containsExactly(0.0);
    LogitAdjustment full = hearing(network, 1, biased);
    for (int i = 0; i < 4; i++) {
      full.lossKnown(step(1, biased(3_000, -2, i)));
    }
    assertThat(full.offsets().get(0)).isLessThan(0.05);
  }
}
