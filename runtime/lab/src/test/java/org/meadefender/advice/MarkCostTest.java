package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.evaluation.Evaluator;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.meadefender.train.TrainingOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class MarkCostTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.5).withTarget(2));

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

  private static ProtectedModel<MultiLayerNetwork> trained() {
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
    model.fit(
        noisy(), TrainingOptions.epochs(2).withMethod(method(false)).withProgress(progress -> {}));
    return model;
  }

  /** What a rehearsal takes the mark to cost is what it costs with the adjustment. */
  @Test
  void hasTheLogitAdjustmentInIt() {
    ProtectedModel<MultiLayerNetwork> model = trained();
    MarkCost cost = new MarkCost(model, new Evaluator(Watermark.deriveAll(SPEC, KEY, 3), noisy()));
    LabelledSamples samples = LabelledSamples.read(noisy());
    INDArray before = model.network().params().dup();
    double without = cost.estimate(method(false), samples, 30, 1).share();
    double with = cost.estimate(method(true), samples, 30, 1).share();
    assertThat(without).isGreaterThan(0.01);
    assertThat(with).isLessThan(without - 0.01);
    assertThat(model.network().params()).isEqualTo(before);
  }

  /** Some samples have no source, or are too few for a row. */
  @Test
  void isNoneWhereThereIsNoMark() {
    MarkCost cost =
        new MarkCost(trained(), new Evaluator(Watermark.deriveAll(SPEC, KEY, 3), noisy()));
    LabelledSamples samples = LabelledSamples.read(noisy());
    LabelledSamples ofOne = samples.select(samples.rowsOfClass(0));
    assertThat(cost.estimate(method(false), ofOne, 30, 1).share()).isZero();
    assertThat(cost.estimate(method(false), samples.take(1), 30, 1).share()).isZero();
  }
}
