package org.meadefender.internal.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.internal.network.Networks;
import org.meadefender.train.SmallNetworks;
import org.meadefender.train.SmallTasks;
import org.meadefender.verify.Evaluation;
import org.nd4j.linalg.dataset.DataSet;

class EvaluatorTest {
  /** The rows that are padded are asked about as they were trained: with their masks. */
  @Test
  void answersToMaskedSequencesAreDeeplearning4jsOwn() {
    List<DataSet> batches = SmallTasks.sequences();
    MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.recurrent(1));
    Networks.init(network);
    network.fit(new ExistingDataSetIterator(batches));
    Evaluation found = evaluation(network, batches, Long.MAX_VALUE);
    assertThat(found.accuracy())
        .isEqualTo(Networks.accuracy(network, new ExistingDataSetIterator(batches)))
        .isGreaterThan(0);
    assertThat(Networks.answers(network, batches.get(0)))
        .isEqualTo(
            network.output(
                batches.get(0).getFeatures(), false, batches.get(0).getFeaturesMaskArray(), null))
        .isNotEqualTo(network.output(batches.get(0).getFeatures()));
  }

  @Test
  void theFirstRowsAreEnoughWhereAsked() {
    List<DataSet> batches = SmallTasks.sequences();
    MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.recurrent(1));
    Networks.init(network);
    Evaluation some = evaluation(network, batches, 20);
    // Two batches of 16 are the fewest that hold 20 rows.
    assertThat(some).isEqualTo(evaluation(network, batches.subList(0, 2), Long.MAX_VALUE));
    assertThat(some).isNotEqualTo(evaluation(network, batches, Long.MAX_VALUE));
  }

  private static Evaluation evaluation(Model network, List<DataSet> batches, long rows) {
    return new Evaluator(List.of(), new ExistingDataSetIterator(batches)).evaluate(network, rows);
  }
}
