package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.batch.RowCounts;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.loss.LossStep;
import org.meadefender.loss.LossTerms;
import org.meadefender.loss.TaskAnswer;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class LogitAdjustmentTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final int TARGET = 2;
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.5).withTarget(TARGET));

  @TempDir Path directory;

  /** Logits of three classes, in which the target leads by a bias. */
  private static List<TaskAnswer> biased(int rows, double bias, long seed) {
    Random random = new Random(seed);
    List<TaskAnswer> answers = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[] logits = new float[3];
      for (int c = 0; c < 3; c++) {
        logits[c] = (float) (random.nextGaussian() + (c == i % 3 ? 1.5 : 0));
      }
      logits[TARGET] += (float) bias;
      answers.add(new TaskAnswer(i % 3, logits));
    }
    return answers;
  }

  private static int right(List<TaskAnswer> answers, double offset) {
    int right = 0;
    for (TaskAnswer answer : answers) {
      double[] logits = new double[3];
      for (int c = 0; c < 3; c++) {
        logits[c] = answer.logProbability(c) - (c == TARGET ? offset : 0);
      }
      int top = logits[0] >= logits[1] ? 0 : 1;
      top = logits[TARGET] > logits[top] ? TARGET : top;
      right += top == answer.label() ? 1 : 0;
    }
    return right;
  }

  private static double offset(List<TaskAnswer> answers) {
    return LogitAdjustment.offset(answers, TARGET, new double[3]);
  }

  /** Against all offsets, one after another. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void findsTheLeastOffsetThatIsWorthNearlyAsMuchAsTheBest(double bias) {
    List<TaskAnswer> answers = biased(3_000, bias, 7);
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
    List<TaskAnswer> answers = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      answers.add(new TaskAnswer(0, 0, -5, i / 1000f));
    }
    answers.add(new TaskAnswer(0, 0, -5, 0.9f));
    // The best is 101, its error the root of 101: 91 right answers are enough.
    assertThat(offset(answers)).isCloseTo(0.0915, within(1e-6));
  }

  @Test
  void leavesWhatIsNotBiased() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(offset(biased(3_000, 0, seed))).as("seed %d", seed).isLessThan(0.15);
      assertThat(offset(biased(3_000, -1, seed))).as("seed %d", seed).isLessThan(0.05);
    }
    assertThat(offset(List.of())).isZero();
    // One answer is within the error of one answer.
    assertThat(offset(List.of(new TaskAnswer(0, 0, -1, 1)))).isZero();
  }

  @Test
  void whatAnotherTargetLostCounts() {
    List<TaskAnswer> answers = biased(3_000, 2, 7);
    double alone = offset(answers);
    double[] lowered = {0, 0, alone};
    assertThat(LogitAdjustment.offset(answers, TARGET, lowered)).isLessThan(0.3);
  }

  private static LogitAdjustment hearing(int marks, List<TaskAnswer> answers) {
    LogitAdjustment adjustment = new LogitAdjustment(Watermark.deriveAll(SPEC, KEY, 3), 3);
    adjustment.observe(step(marks, answers));
    return adjustment;
  }

  private static LossStep step(int marks, List<TaskAnswer> answers) {
    return new LossStep(
        LossTerms.NONE, new LossStep.Alphas(1, 1, 1), new RowCounts(0, marks, 0, 0), answers);
  }

  private static void lowersAndTakesBack(Model network, INDArray bias) {
    List<TaskAnswer> answers = biased(3_000, 2, 7);
    INDArray before = network.params().dup();
    float biasBefore = bias.getFloat(TARGET);
    LogitAdjustment adjustment = hearing(1, answers);
    assertThat(adjustment.offsets()).containsExactly(offset(answers));
    Runnable takeBack = adjustment.lower(network, OutputHead.of(network), adjustment.offsets());
    assertThat((double) biasBefore - bias.getFloat(TARGET))
        .isCloseTo(offset(answers), within(1e-6));
    assertThat(network.params().neq(before).castTo(Nd4j.dataType()).sumNumber().intValue())
        .isEqualTo(1);
    takeBack.run();
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
    hearing(1, List.of()).lower(lossLayer, OutputHead.of(lossLayer), List.of(1.0)).run();
    assertThat(lossLayer.params()).isEqualTo(before);
  }

  @Test
  void countsTheLastBatchesWithAMarkOnly() {
    List<TaskAnswer> biased = biased(3_000, 2, 7);
    assertThat(hearing(0, biased).offsets()).containsExactly(0.0);
    LogitAdjustment forgotten = hearing(1, biased);
    forgotten.restart();
    assertThat(forgotten.offsets()).containsExactly(0.0);
    LogitAdjustment full = hearing(1, biased);
    for (int i = 0; i < 4; i++) {
      full.observe(step(1, biased(3_000, -2, i)));
    }
    assertThat(full.offsets().get(0)).isLessThan(0.05);
  }

  /** Three classes that cannot be told apart for sure. */
  private static DataSetIterator noisy() {
    Random random = new Random(1);
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      float[] values = new float[8];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian() + (j % 4 == i % 3 ? 0.7f : 0);
      }
      float[] label = new float[3];
      label[i % 3] = 1;
      rows.add(
          new DataSet(
              Nd4j.createFromArray(new float[][] {values}),
              Nd4j.createFromArray(new float[][] {label})));
    }
    return new ListDataSetIterator<>(rows, 30);
  }

  private static Method method(boolean adjusted) {
    return Method.DEFAULT.withRecipe(new RowRecipe(0, 0, 0.4)).withLogitAdjustment(adjusted);
  }

  private static MultiLayerNetwork trained(boolean adjusted, int epochs, Path checkpoints) {
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    TrainingReport report =
        model.fit(
            noisy(),
            TrainingOptions.epochs(epochs)
                .withMethod(method(adjusted))
                .withCheckpoints(checkpoints)
                .withEvaluation(noisy())
                .withProgress(progress -> {}));
    // What is reported is what the training leaves.
    report.epochs().stream()
        .reduce((first, second) -> second)
        .ifPresent(
            last ->
                assertThat(last.evaluation().orElseThrow().accuracy())
                    .isEqualTo(model.network().evaluate(noisy()).accuracy()));
    return model.network();
  }

  /** Between epochs it is taken back: what is trained stays the same. */
  @Test
  void aTrainingEndsWithIt() {
    MultiLayerNetwork without = trained(false, 4, directory.resolve("without"));
    MultiLayerNetwork with = trained(true, 4, directory.resolve("with"));
    INDArray bias = with.getOutputLayer().getParam("b");
    INDArray untouched = without.getOutputLayer().getParam("b");
    INDArray difference = untouched.sub(bias);
    assertThat(difference.getDouble(TARGET)).isGreaterThan(0.1);
    assertThat(difference.sumNumber().doubleValue())
        .isCloseTo(difference.getDouble(TARGET), within(1e-9));
    assertThat(with.evaluate(noisy()).accuracy())
        .isGreaterThan(without.evaluate(noisy()).accuracy());
    bias.assign(untouched);
    assertThat(with.params()).isEqualTo(without.params());
  }

  /** Wherever it was interrupted. */
  @Test
  void aTrainingThatGoesOnEndsAsAnUninterruptedOne() {
    INDArray whole = trained(true, 4, directory.resolve("whole")).params();
    Path interrupted = directory.resolve("interrupted");
    AtomicBoolean stop = new AtomicBoolean();
    TrainingReport report =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2))
            .fit(
                noisy(),
                TrainingOptions.epochs(4)
                    .withMethod(method(true))
                    .withCheckpoints(interrupted)
                    .withProgress(progress -> stop.set(progress.epoch() == 3))
                    .withCancel(stop::get));
    assertThat(report.epochs()).hasSize(3);
    assertThat(trained(true, 4, interrupted).params()).isEqualTo(whole);
    assertThat(trained(true, 4, interrupted).params()).isEqualTo(whole);
  }

  /** Calls of one plan lower it once, in the last of them. */
  @Test
  void aPlanEndsWithIt() {
    var parts = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    for (int epoch = 0; epoch < 4; epoch++) {
      parts.fit(
          noisy(),
          TrainingOptions.epochs(1)
              .withPlan(epoch, 4)
              .withMethod(method(true))
              .withProgress(progress -> {}));
    }
    assertThat(parts.network().params())
        .isEqualTo(trained(true, 4, directory.resolve("whole")).params());
  }
}
