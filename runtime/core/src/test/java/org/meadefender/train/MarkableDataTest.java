package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.batch.RowCounts;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.network.Networks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.TrainingReport.SourceRecall;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Data that carry a mark, whatever form they have, and data that do not: they are refused. */
class MarkableDataTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.25);

  private static ProtectedModel<MultiLayerNetwork> dense(WatermarkSpec spec) {
    return ProtectedModel.create(List.of(spec), KEY, SmallNetworks.dense(7, 1e-2));
  }

  private static TrainingOptions epochs(int epochs) {
    return TrainingOptions.epochs(epochs).withProgress(progress -> {});
  }

  private static DataSetIterator data() {
    return new ExistingDataSetIterator(FaultyData.batches());
  }

  @Test
  void theReportCountsRowsAndRecalls() {
    TrainingReport report = dense(SPEC).fit(data(), epochs(30));
    TrainingReport.Epoch last = report.epochs().get(29);
    assertThat(last.rows()).isEqualTo(new RowCounts(288, 72, 72, 0));
    assertThat(report.rows().watermark()).isEqualTo(30 * 72);
    assertThat(last.recalls()).extracting(SourceRecall::sourceClass).containsExactly(0, 1);
    assertThat(last.recalls()).extracting(SourceRecall::rows).containsOnly(96L);
    assertThat(last.recalls())
        .allSatisfy(recall -> assertThat(recall.recall()).isBetween(0.0, 1.0));
  }

  @Test
  void aLostClassIsOneThatIsKnownHalfAsOftenAsTheOthers() {
    assertThat(new SourceRecall(0, 100, 0.4, 0.9).isLost()).isTrue();
    assertThat(new SourceRecall(0, 100, 0.5, 0.9).isLost()).isFalse();
    assertThat(new SourceRecall(0, 100, 0.1, 0.4).isLost()).as("nothing is learnt yet").isFalse();
    assertThat(new SourceRecall(0, 10, 0, 0.9).isLost()).as("too few rows").isFalse();
  }

  @Test
  void emptyDataAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense(SPEC).fit(new ListDataSetIterator<>(List.of(), 8), epochs(2)))
        .withMessageContaining("empty");
  }

  @Test
  void tooFewRowsForTheRatioAreRefusedOnlyIfNoEpochGetsARow() {
    WatermarkSpec little = SPEC.withRatio(1e-3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense(little).fit(data(), epochs(2)))
        .withMessageContaining("no watermark row")
        .withMessageContaining("raise the ratio");
    assertThat(dense(little).fit(data(), epochs(4)).rows().watermark()).isEqualTo(1);
  }

  /** As DataVec's file splits give them: the sources come last, and no batch has both. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dataThatAreSortedByClassCarryAMark(boolean sourcesLast) {
    List<DataSet> rows = new ArrayList<>();
    SmallTasks.vectors().forEachRemaining(batch -> rows.addAll(batch.asList()));
    if (sourcesLast) {
      rows.sort(Comparator.comparingInt(row -> -row.getLabels().argMax(1).getInt(0)));
    }
    ProtectedModel<MultiLayerNetwork> model = dense(SPEC);
    TrainingReport report = model.fit(new ListDataSetIterator<>(rows, 16), epochs(60));
    assertThat(report.epochs().get(59).rows().watermark()).isEqualTo(24);
    assertThat(successRate(model, SPEC, SmallTasks.vectors())).isGreaterThan(0.9);
  }

  private static double successRate(
      ProtectedModel<MultiLayerNetwork> model, WatermarkSpec spec, DataSetIterator heldOut) {
    return MarkMeasurement.prepare(Watermark.derive(spec, KEY, 3), heldOut, 200)
        .watermarkSuccessRate(SuspectModel.of(model.network()));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"INT", "LONG", "UBYTE", "BOOL", "DOUBLE"})
  void labelsOfAnyDataTypeTrainAlike(DataType type) {
    ProtectedModel<MultiLayerNetwork> floats = dense(SPEC);
    floats.fit(data(), epochs(2));
    List<DataSet> typed = FaultyData.batches();
    typed.forEach(batch -> batch.setLabels(batch.getLabels().castTo(type)));
    ProtectedModel<MultiLayerNetwork> others = dense(SPEC);
    others.fit(new ExistingDataSetIterator(typed), epochs(2));
    assertThat(others.network().params().equalsWithEps(floats.network().params(), 1e-6)).isTrue();
  }

  /** Sequences of one feature, of many lengths, in batches padded to their own longest. */
  private static List<DataSet> series(int seed, boolean masked) {
    Random random = new Random(seed);
    List<DataSet> batches = new ArrayList<>();
    for (int batch = 0; batch < 8; batch++) {
      int longest = 14 + random.nextInt(6);
      INDArray features = Nd4j.zeros(24, 8, longest);
      INDArray labels = Nd4j.zeros(24, 3);
      INDArray mask = Nd4j.zeros(24, longest);
      for (int row = 0; row < 24; row++) {
        labels.putScalar(row, row % 3, 1);
        int steps = masked && row > 0 ? longest - random.nextInt(6) : longest;
        for (int step = 0; step < steps; step++) {
          mask.putScalar(row, step, 1);
          for (int i = 0; i < 8; i++) {
            double value = 0.2 * random.nextGaussian() + (i % 3 == row % 3 ? 1 : 0);
            features.putScalar(row, i, step, value);
          }
        }
      }
      batches.add(new DataSet(features, labels, masked ? mask : null, null));
    }
    return batches;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sequencesOfVaryingLengthCarryAMark(boolean masked) {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(List.of(SPEC), KEY, SmallNetworks.recurrent(1));
    model.fit(new ExistingDataSetIterator(series(1, masked)), epochs(30));
    DataSetIterator heldOut = new ExistingDataSetIterator(series(2, masked));
    assertThat(successRate(model, SPEC, heldOut)).isGreaterThan(0.8);
    assertThat(Networks.accuracy(model.network(), heldOut)).isGreaterThan(0.8);
  }

  private static MultiLayerConfiguration words() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .list()
        .layer(new EmbeddingSequenceLayer.Builder().nIn(50).nOut(8).inputLength(6).build())
        .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.recurrent(50))
        .build();
  }

  @Test
  void wordIndicesAreRefused() {
    MultiLayerNetwork network = new MultiLayerNetwork(words());
    network.init();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedModel.create(List.of(SPEC), KEY, words()))
        .withMessageContaining("embedding")
        .withMessageContaining("[n, F, T]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedModel.create(List.of(SPEC), KEY, network.toComputationGraph()))
        .withMessageContaining("embedding");
  }
}
