package org.meadefender.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ContestantTest {
  private static final int BATCH = 32;

  @ParameterizedTest
  @EnumSource
  void everyOneTrainsOnTheRowsThatItShould(Contestant contestant) {
    Model network = BenchmarkNetwork.LENET.create();
    List<Integer> rows = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            rows.add(model.batchSize());
          }
        });
    INDArray before = network.params().dup();
    SyntheticIterator data = new SyntheticIterator(BenchmarkNetwork.LENET, BATCH, BATCH);
    contestant.trainer(network).fit(data);
    int extra = contestant == Contestant.PROTECTED ? 2 * (BATCH / 10) : 0;
    assertThat(rows).containsExactly(BATCH + extra);
    assertThat(network.params()).isNotEqualTo(before);
    assertThat(Contestant.output(network, data.limitedTo(1).next().getFeatures()).shape())
        .containsExactly(BATCH, BenchmarkNetwork.CLASSES);
  }
}
