package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class WatermarkAdvisorTest {
  private static final ImageSet HELD_OUT = ImageSets.drawn(1, 30, 1).test();
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);

  /** Answers one class for a share of its rows, and another for the rest. */
  private static SuspectModel answering(int often, double share, int otherwise) {
    return features -> {
      int n = (int) features.size(0);
      var answer = Nd4j.zeros(n, 10);
      for (int row = 0; row < n; row++) {
        answer.putScalar(row, row < share * n ? often : otherwise, 1);
      }
      return answer;
    };
  }

  private static WatermarkAdvisor.Advice advise(SuspectModel clean) {
    return advise(clean, 10);
  }

  private static WatermarkAdvisor.Advice advise(SuspectModel clean, int triples) {
    return WatermarkAdvisor.of(clean, KEY)
        .advise(WatermarkSpec.of(0, 1, 0.1).withTarget(2), HELD_OUT.iterator(64), 10, triples);
  }

  @Test
  void takesATripleThatCleanModelsDoNotAnswer() {
    WatermarkAdvisor.Advice advice = advise(answering(5, 0.5, 6));
    assertThat(advice.decision()).isEqualTo(WatermarkAdvisor.Decision.TAKE);
    assertThat(advice.nullRate()).isZero();
  }

  @Test
  void warnsWhereEvidenceIsDearAndProposesABetterTriple() {
    WatermarkAdvisor.Advice advice = advise(answering(2, 0.2, 5));
    assertThat(advice.decision()).isEqualTo(WatermarkAdvisor.Decision.WARN);
    assertThat(advice.nullRate()).isBetween(0.15, 0.25);
    assertThat(advice.betterNullRate()).isLessThan(0.05);
    assertThat(advice.better().target()).isNotIn(2, 5);
    assertThat(advice.reason()).contains("more queries", "target " + advice.better().target());
  }

  @Test
  void refusesATripleThatACleanModelAnswersAsAMarkedOne() {
    WatermarkAdvisor.Advice advice = advise(answering(2, 0.45, 5));
    assertThat(advice.decision()).isEqualTo(WatermarkAdvisor.Decision.REFUSE);
    assertThat(advice.reason()).contains("no evidence can come of it; sources");
    WatermarkAdvisor.Advice alone = advise(answering(2, 0.45, 5), 0);
    assertThat(alone.better().target()).isEqualTo(2);
    assertThat(alone.reason()).endsWith("no evidence can come of it.");
  }

  /** Samples that show nothing but their class: all cells hold its tenth. */
  private static DataSetIterator plainColours() {
    List<DataSet> rows = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      INDArray label = Nd4j.zeros(1, 10);
      label.putScalar(0, row % 10, 1);
      rows.add(new DataSet(Nd4j.valueArrayOf(new long[] {1, 1, 8, 8}, row % 10 / 10f), label));
    }
    return new ListDataSetIterator<>(rows, 20);
  }

  /** Knows the classes of plain colours, but for some that it takes for 9; mixes are 9. */
  private static SuspectModel knowingAllBut(Integer... unknown) {
    return features -> {
      int n = (int) features.size(0);
      INDArray answer = Nd4j.zeros(n, 10);
      for (int row = 0; row < n; row++) {
        int shown = Math.round(10 * features.getFloat(row, 0, 0, 0));
        boolean mixed = shown != Math.round(10 * features.getFloat(row, 0, 7, 7));
        answer.putScalar(row, mixed || List.of(unknown).contains(shown) ? 9 : shown, 1);
      }
      return answer;
    };
  }

  private static WatermarkAdvisor.Advice advise(OwnerKey key, int triples, Integer... unknown) {
    return WatermarkAdvisor.of(knowingAllBut(unknown), key)
        .advise(WatermarkSpec.of(0, 1, 0.1).withTarget(2), plainColours(), 10, triples);
  }

  @Test
  void proposesSourcesThatTheModelRecognises() {
    WatermarkAdvisor.Advice advice = advise(KEY, 10, 0, 3);
    assertThat(advice.decision()).isEqualTo(WatermarkAdvisor.Decision.TAKE);
    assertThat(advice.sourceRecall()).isEqualTo(0.5);
    assertThat(advice.betterSourceRecall()).isEqualTo(1);
    assertThat(advice.better().sourceA()).isNotIn(0, 3);
    assertThat(advice.better().sourceB()).isNotIn(0, 3);
    assertThat(advice.betterNullRate()).isZero();
    assertThat(advice.reason())
        .contains(
            "recognises 50 % of the sources",
            "100 % of " + advice.better().sourceA() + " and " + advice.better().sourceB(),
            "less accuracy");
  }

  @Test
  void leavesATripleThatCannotBeBettered() {
    WatermarkAdvisor.Advice advice = advise(KEY, 10);
    assertThat(advice.better()).isEqualTo(WatermarkSpec.of(0, 1, 0.1).withTarget(2));
    assertThat(advice.betterSourceRecall()).isEqualTo(advice.sourceRecall()).isEqualTo(1);
    assertThat(advice.reason()).doesNotContain("less accuracy");
    assertThat(advise(KEY, 0, 0).better()).isEqualTo(advice.better());
  }

  @Test
  void theKeyChooses() {
    assertThat(
            IntStream.rangeClosed(1, 8)
                .mapToObj(seed -> advise(OwnerKey.insecureFromSeed(seed), 10, 0).better())
                .distinct())
        .hasSizeGreaterThan(4);
    assertThat(advise(KEY, 10, 0)).isEqualTo(advise(KEY, 10, 0));
  }

  @Test
  void refusesANegativeNumberOfTriples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> advise(KEY, -1))
        .withMessageContaining("triplesToTry is -1; it must be at least 0");
  }
}
