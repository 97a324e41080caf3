package org.meadefender.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.WatermarkedTraining;
import org.meadefender.verify.OwnershipVerdict;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class TrainingWrapperTest {
  private static final List<WatermarkSpec> SPECS =
      List.of(WatermarkSpec.of(0, 1, 0.1).withTarget(2), WatermarkSpec.of(3, 4, 0.1));

  /** What the processor writes. */
  private static final class Protected extends TrainingWrapper<MultiLayerNetwork> {
    Protected() {
      super(ProtectedModel.create(SPECS, OwnerKey.insecureFromSeed(1), SmallNetworks.flat(7)));
    }
  }

  @Test
  void trainsInEveryWayThatItsModelDoes() {
    Protected wrapper = new Protected();
    TrainingOptions options = TrainingOptions.epochs(2).withMethod(Method.PAPER);
    assertThat(wrapper.fit(data()).epochs()).hasSize(1);
    assertThat(wrapper.fit(data(), 2).epochs()).hasSize(2);
    assertThat(wrapper.fit(data(), options).method()).isEqualTo(Method.PAPER);
    assertThat(wrapper.network().getEpochCount()).isEqualTo(5);
    try (WatermarkedTraining training = wrapper.begin(Method.DEFAULT)) {
      wrapper.network().fit(training.decorate(data()));
    }
    assertThat(wrapper.network().getEpochCount()).isEqualTo(6);
  }

  /** A wrapper of a graph: data for one input or for several. */
  private static final class OfAGraph extends TrainingWrapper<ComputationGraph> {
    OfAGraph() {
      super(
          ProtectedModel.create(
              SPECS, OwnerKey.insecureFromSeed(1), SmallNetworks.convolutionalGraph(7)));
    }
  }

  @Test
  void trainsGraphsOnDataForSeveralInputs() {
    OfAGraph wrapper = new OfAGraph();
    assertThat(wrapper.fit(new MultiDataSetIteratorAdapter(data())).epochs()).hasSize(1);
    TrainingOptions options = TrainingOptions.epochs(2).withMethod(Method.PAPER);
    assertThat(wrapper.fit(new MultiDataSetIteratorAdapter(data()), options).method())
        .isEqualTo(Method.PAPER);
  }

  @Test
  void verifiesWithItsWatermarksAndKey() {
    Protected wrapper = new Protected();
    OwnershipVerdict verdict = wrapper.verifyOwnership(wrapper.network(), data());
    assertThat(verdict.figures().marks()).hasSize(2);
    assertThat(verdict).isNotInstanceOf(OwnershipVerdict.Owned.class);
  }

  private static DataSetIterator data() {
    return ImageSets.drawn(40, 1, 1).train().iterator(100);
  }
}
