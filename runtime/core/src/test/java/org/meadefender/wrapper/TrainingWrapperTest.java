package org.meadefender.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.attack.SmallTask;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.Preset;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.WatermarkedTraining;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class TrainingWrapperTest {
  private static final List<WatermarkSpec> SPECS =
      List.of(WatermarkSpec.of(0, 1, 0.1).withTarget(2), WatermarkSpec.of(3, 4, 0.1));

  /** What the processor writes. */
  private static final class Protected extends TrainingWrapper<MultiLayerNetwork> {
    Protected() {
      super(ProtectedModel.create(SPECS, OwnerKey.insecureFromSeed(1), SmallTask.layers()));
    }
  }

  @Test
  void trainsInEveryWayThatItsModelDoes() {
    Protected wrapper = new Protected();
    TrainingOptions options = TrainingOptions.epochs(2).withMethod(Method.PAPER);
    assertThat(wrapper.fit(thief()).epochs()).hasSize(1);
    assertThat(wrapper.fit(thief(), 2).epochs()).hasSize(2);
    assertThat(wrapper.fit(thief(), options).method()).isEqualTo(Method.PAPER);
    assertThat(wrapper.network().getEpochCount()).isEqualTo(5);
    try (WatermarkedTraining training = wrapper.begin(Method.DEFAULT)) {
      wrapper.network().fit(training.decorate(thief()));
    }
    assertThat(wrapper.network().getEpochCount()).isEqualTo(6);
  }

  /** A wrapper of a graph: data for one input or for several. */
  private static final class OfAGraph extends TrainingWrapper<ComputationGraph> {
    OfAGraph() {
      super(ProtectedModel.create(SPECS, OwnerKey.insecureFromSeed(1), SmallTask.graph()));
    }
  }

  @Test
  void trainsGraphsOnDataForSeveralInputs() {
    OfAGraph wrapper = new OfAGraph();
    assertThat(wrapper.fit(new MultiDataSetIteratorAdapter(thief())).epochs()).hasSize(1);
    TrainingOptions options = TrainingOptions.epochs(2).withMethod(Method.PAPER);
    assertThat(wrapper.fit(new MultiDataSetIteratorAdapter(thief()), options).method())
        .isEqualTo(Method.PAPER);
  }

  @Test
  void auditsEachOfItsWatermarks(@TempDir Path directory) {
    Protected wrapper = new Protected();
    AuditResult result =
        wrapper
            .auditRobustness(1, thief(), heldOut())
            .withPlan(Preset.QUICK.plan().withAttacks(Attacks.INT8))
            .run(directory);
    assertThat(result.provenance().spec()).isEqualTo(SPECS.get(1).toString());
    assertThat(result.of(Attacks.INT8)).hasSize(1);
    assertThat(wrapper.auditRobustness(thief(), heldOut())).isNotNull();
    assertThatThrownBy(() -> wrapper.auditRobustness(2, thief(), heldOut()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void triesTheCombinersOfEachOfItsWatermarks() {
    Protected wrapper = new Protected();
    assertThat(wrapper.tryCombiners(1, thief(), heldOut()).recommended().sourceA()).isEqualTo(3);
    assertThatThrownBy(() -> wrapper.tryCombiners(2, thief(), heldOut()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static DataSetIterator thief() {
    return SmallTask.thiefsData().take(200).shuffledBatches(100, 1);
  }

  private static DataSetIterator heldOut() {
    return SmallTask.testData().take(300).shuffledBatches(100, 1);
  }
}
