package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.internal.network.Networks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Training by several workers in one JVM, whose parameters are averaged. */
class ParallelTrainingTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.2));
  private static final TrainTest IMAGES = ImageSets.drawn(300, 40, 1);
  private static final int EPOCHS = 12;

  private static void fit(MultiLayerNetwork network, DataSetIterator data) {
    ParallelWrapper workers =
        new ParallelWrapper.Builder<>(network)
            .workers(2)
            .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
            .averagingFrequency(1)
            .build();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      workers.fit(data);
    }
    workers.shutdown();
  }

  private static double successRate(MultiLayerNetwork network) {
    Watermark mark = Watermark.deriveAll(SPEC, KEY, 10).get(0);
    return MarkMeasurement.prepare(mark, IMAGES.test().iterator(64), 300)
        .watermarkSuccessRate(SuspectModel.of(network));
  }

  private static double accuracy(MultiLayerNetwork network) {
    return Networks.accuracy(network, IMAGES.test().iterator(64));
  }

  @Test
  void workersThatAreAveragedLearnTaskAndWatermark() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7));
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      DataSetIterator data = training.decorate(IMAGES.train().shuffledIterator(32, 1));
      fit(model.network(), data);
    }
    assertThat(accuracy(model.network())).isGreaterThan(0.7);
    assertThat(successRate(model.network())).isGreaterThan(0.8);
    assertThat(((BaseOutputLayer) model.network().getOutputLayer().conf().getLayer()).getLossFn())
        .isEqualTo(new LossMCXENT());
  }

  /** As a distributed trainer does: every row by itself, in another order and in other batches. */
  private static DataSetIterator rebatched(DataSetIterator mixed) {
    List<DataSet> batches = new ArrayList<>();
    mixed.forEachRemaining(batches::add);
    DataSet all = DataSet.merge(batches);
    all.shuffle(5);
    return new ListDataSetIterator<>(all.asList(), 25);
  }

  @Test
  void rowsSurviveShufflingAndReBatching() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7));
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      DataSetIterator data = rebatched(training.decorate(IMAGES.train().shuffledIterator(32, 1)));
      fit(model.network(), data);
    }
    assertThat(accuracy(model.network())).isGreaterThan(0.7);
    assertThat(successRate(model.network())).isGreaterThan(0.8);
  }
}
