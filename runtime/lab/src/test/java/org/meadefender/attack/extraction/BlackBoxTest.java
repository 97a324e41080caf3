package org.meadefender.attack.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BlackBoxTest {
  private static final INDArray PROBABILITIES =
      Nd4j.createFromArray(new float[][] {{0.613f, 0.251f, 0.136f}, {0.04f, 0.06f, 0.9f}});
  private static final SuspectModel MODEL =
      features -> Nd4j.tile(PROBABILITIES, Math.toIntExact(features.size(0) / 2), 1);

  @Test
  void tellsProbabilities() {
    INDArray told = BlackBox.of(MODEL).query(Nd4j.zeros(2, 4));
    assertThat(told).isEqualTo(PROBABILITIES).isNotSameAs(PROBABILITIES);
  }

  @Test
  void rounds() {
    assertThat(told(AnswerDetail.rounded(1)))
        .isDeepEqualTo(new float[][] {{0.6f, 0.3f, 0.1f}, {0f, 0.1f, 0.9f}});
  }

  @Test
  void tellsTheLikeliestOnly() {
    assertThat(told(AnswerDetail.top(2)))
        .isDeepEqualTo(new float[][] {{0.613f, 0.251f, 0}, {0, 0.06f, 0.9f}});
  }

  @Test
  void tellsTheTopClassOnly() {
    assertThat(told(AnswerDetail.topClass())).isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 0, 1}});
  }

  @Test
  void countsAndRefuses() {
    BlackBox box = BlackBox.of(MODEL).withBudget(5);
    box.query(Nd4j.zeros(4, 4));
    assertThat(box.queries()).isEqualTo(4);
    assertThat(box.remaining()).isEqualTo(1);
    assertThatThrownBy(() -> box.query(Nd4j.zeros(2, 4)))
        .isInstanceOf(QueryBudgetExceededException.class)
        .hasMessageContaining("2 answers after 4 of 5");
    assertThat(box.queries()).as("nothing was answered").isEqualTo(4);
  }

  @Test
  void answersWhatTheBudgetCovers() {
    BlackBox box = BlackBox.of(MODEL).withBudget(600);
    LabelledSamples samples = LabelledSamples.of(Nd4j.rand(700, 4), Nd4j.zeros(700, 3));
    LabelledSamples answered = box.query(samples);
    assertThat(answered.size()).isEqualTo(600);
    assertThat(box.queries()).isEqualTo(600);
    assertThat(answered.features(0, 600)).isEqualTo(samples.features(0, 600));
    assertThat(answered.topClass(599)).isEqualTo(2);
    assertThatThrownBy(() -> box.query(samples)).isInstanceOf(QueryBudgetExceededException.class);
  }

  @Test
  void rejectsNonsense() {
    assertThatThrownBy(() -> BlackBox.of(MODEL).withBudget(0)).hasMessageContaining("budget is 0");
    assertThatThrownBy(() -> AnswerDetail.rounded(0)).hasMessageContaining("digits is 0");
    assertThatThrownBy(() -> AnswerDetail.top(0)).hasMessageContaining("k is 0");
  }

  private static float[][] told(AnswerDetail answers) {
    return BlackBox.of(MODEL).withAnswers(answers).query(Nd4j.zeros(2, 4)).toFloatMatrix();
  }
}
