package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.batch.RowRecipe;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Trainings whose logits are adjusted at their end. */
class LogitAdjustmentTrainingTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final int TARGET = 2;
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.5).withTarget(TARGET));

  @TempDir Path directory;

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
