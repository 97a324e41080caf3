package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
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
    return WatermarkAdvisor.of(clean, KEY)
        .advise(WatermarkSpec.of(0, 1, 0.1).withTarget(2), HELD_OUT.iterator(64), 10, 2);
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
    assertThat(advice.reason()).contains("no evidence can come of it");
  }
}
