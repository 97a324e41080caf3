package org.meadefender.attack.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.detection.TripleRanking.Triple;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.factory.Nd4j;

class TripleRankingTest {
  private static LabelledSamples answered(float[]... answers) {
    return LabelledSamples.of(Nd4j.zeros(answers.length, 1), Nd4j.createFromArray(answers));
  }

  private static double logOdds(double p) {
    return Math.log(p / (1 - p));
  }

  @Test
  void aProfileHoldsMeansAndTypicalAnswers() {
    LabelledSamples answers =
        answered(
            new float[] {0.6f, 0.4f, 0},
            new float[] {0.8f, 0, 0.2f},
            new float[] {0.2f, 0.5f, 0.3f});
    AnswerProfile own = AnswerProfile.of(answers);
    assertThat(own.rows(0)).isEqualTo(2);
    assertThat(own.rows(2)).isZero();
    assertThat(own.mean(0, 1)).isCloseTo(0.2, within(1e-6));
    assertThat(own.level(0, 1)).isCloseTo(logOdds(0.2), within(1e-6));
    assertThat(own.typical(0, 1)).isCloseTo((logOdds(0.4) + logOdds(1e-4)) / 2, within(1e-6));
    assertThat(own.mean(2, 2)).as("no samples").isZero();
    AnswerProfile labelled = AnswerProfile.of(answers, new int[] {0, 1, 1});
    assertThat(labelled.rows(1)).isEqualTo(2);
    assertThat(labelled.mean(1, 2)).isCloseTo(0.25, within(1e-6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerProfile.of(answers, new int[2]))
        .withMessageContaining("3 answers and the classes of 2 samples");
  }

  /** Each class has one sample, so that the typical answer is the level. */
  private static AnswerProfile alike(double ofC) {
    float c = (float) ofC;
    return AnswerProfile.of(
        answered(
            new float[] {1 - c - 0.01f, 0.01f, c},
            new float[] {0.01f, 1 - c - 0.01f, c},
            new float[] {0.01f, 0.01f, 0.98f}));
  }

  @Test
  void scoresAreInUnitsOfTheOwnNetworksSpread() {
    TripleRanking ranking = TripleRanking.of(alike(0.2), List.of(alike(0.02), alike(0.04)));
    double mean = (logOdds(0.02) + logOdds(0.04)) / 2;
    double deviation = Math.abs(logOdds(0.02) - logOdds(0.04)) / Math.sqrt(2);
    double excess = (logOdds(0.2) - mean) / (deviation + 0.5);
    assertThat(ranking.score(new Triple(0, 1, 2))).isCloseTo(2 * excess, within(1e-4));
    assertThat(ranking.best()).isEqualTo(new Triple(0, 1, 2));
    assertThat(ranking.triples()).isEqualTo(3);
    assertThat(ranking.rank(new Triple(0, 1, 2))).isEqualTo(1);
    assertThat(ranking.share(new Triple(0, 1, 2))).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(new Triple(1, 0, 2)).isEqualTo(new Triple(0, 1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Triple(0, 1, 1))
        .withMessageContaining("(0, 1 → 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ranking.rank(new Triple(0, 1, 3)))
        .withMessageContaining("it has 0 to 2");
    // The other two have the same excess of 0, so both are last.
    assertThat(ranking.rank(new Triple(0, 2, 1))).isEqualTo(3);
  }

  @Test
  void withoutNetworksOtherClassesAreTheMeasure() {
    TripleRanking ranking = TripleRanking.of(alike(0.2), List.of());
    double mean = (logOdds(0.2) + logOdds(0.01)) / 2;
    assertThat(ranking.score(new Triple(0, 1, 2)))
        .isCloseTo(2 * (logOdds(0.2) - mean), within(1e-4));
    assertThat(ranking.rank(new Triple(0, 1, 2))).isEqualTo(1);
  }

  /** The mean is the same; what all samples of a class get is stranger than what a few get. */
  @Test
  void evenAnswersAreStrangerThanAFewConfusedSamples() {
    List<float[]> even = new ArrayList<>();
    List<float[]> uneven = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (int a = 0; a < 2; a++) {
        even.add(a == 0 ? new float[] {0.9f, 0, 0.1f} : new float[] {0, 0.9f, 0.1f});
        float c = i == 0 ? 1 : 0;
        uneven.add(a == 0 ? new float[] {1 - c, 0, c} : new float[] {0, 1 - c, c});
      }
    }
    int[] classes = IntStream.range(0, 20).map(i -> i % 2).toArray();
    AnswerProfile all = AnswerProfile.of(answered(even.toArray(float[][]::new)), classes);
    AnswerProfile few = AnswerProfile.of(answered(uneven.toArray(float[][]::new)), classes);
    assertThat(all.mean(0, 2)).isCloseTo(few.mean(0, 2), within(1e-6));
    List<AnswerProfile> own = List.of(alike(0.01), alike(0.02));
    Triple triple = new Triple(0, 1, 2);
    assertThat(TripleRanking.of(all, own).score(triple))
        .isGreaterThan(TripleRanking.of(few, own).score(triple));
  }

  /** Against all triples, one by one. */
  @Test
  void countsWhatAListOfAllTriplesHas() {
    int classes = 7;
    Random random = new Random(3);
    TripleRanking ranking = TripleRanking.of(random(classes, 60, random), List.of());
    List<Triple> all = new ArrayList<>();
    for (int target = 0; target < classes; target++) {
      for (int a = 0; a < classes; a++) {
        for (int b = a + 1; b < classes; b++) {
          if (a != target && b != target) {
            all.add(new Triple(a, b, target));
          }
        }
      }
    }
    assertThat(ranking.triples()).isEqualTo(all.size());
    for (Triple triple : all) {
      long before =
          all.stream().filter(each -> ranking.score(each) >= ranking.score(triple)).count();
      assertThat(ranking.rank(triple)).as("%s", triple).isEqualTo(before);
    }
    assertThat(ranking.rank(ranking.best())).isEqualTo(1);
  }

  @Test
  void aThousandClassesAreNoTrouble() {
    Random random = new Random(4);
    TripleRanking ranking =
        TripleRanking.of(
            random(1_000, 3_000, random),
            List.of(random(1_000, 3_000, random), random(1_000, 3_000, random)));
    assertThat(ranking.triples()).isEqualTo(498_501_000L);
    assertThat(ranking.rank(ranking.best())).isEqualTo(1);
    assertThat(ranking.share(new Triple(0, 1, 2))).isBetween(0.0, 1.0);
  }

  private static AnswerProfile random(int classes, int rows, Random random) {
    float[][] answers = new float[rows][classes];
    for (float[] answer : answers) {
      float sum = 0;
      for (int c = 0; c < classes; c++) {
        answer[c] = (float) Math.exp(2 * random.nextGaussian());
        sum += answer[c];
      }
      for (int c = 0; c < classes; c++) {
        answer[c] /= sum;
      }
    }
    return AnswerProfile.of(
        answered(answers), IntStream.range(0, rows).map(row -> row % classes).toArray());
  }

  /** Of each class so many samples, all answered rightly but for those that go to class 2. */
  private static AnswerProfile topClasses(int ofEach, int confused) {
    float[][] answers = new float[3 * ofEach][3];
    int[] classes = IntStream.range(0, answers.length).map(i -> i % 3).toArray();
    for (int i = 0; i < answers.length; i++) {
      answers[i][i / 3 < confused ? 2 : classes[i]] = 1;
    }
    return AnswerProfile.of(answered(answers), classes);
  }

  @Test
  void topClassesAloneAreRankedByTheirShares() {
    TripleRanking ranking =
        TripleRanking.of(topClasses(20, 4), List.of(topClasses(20, 0), topClasses(20, 1)));
    assertThat(ranking.best()).isEqualTo(new Triple(0, 1, 2));
    assertThat(ranking.score(ranking.best())).isGreaterThan(0);
  }

  @Test
  void classesWithoutSamplesSayNothing() {
    AnswerProfile some =
        AnswerProfile.of(
            answered(new float[] {0.5f, 0.25f, 0.25f}, new float[] {0.1f, 0.8f, 0.1f}));
    TripleRanking ranking = TripleRanking.of(alike(0.2), List.of(some, some));
    assertThat(ranking.score(new Triple(0, 2, 1)))
        .isCloseTo((logOdds(0.01) - logOdds(0.25)) / 0.5, within(1e-4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TripleRanking.of(random(4, 8, new Random(1)), List.of(some)))
        .withMessageContaining("4 classes, the own networks [3]");
  }

  @Test
  void aucIsTheShareOfPairsInOrder() {
    assertThat(TripleRanking.auc(new double[] {3, 1}, new double[] {2, 1})).isEqualTo(2.5 / 4);
    assertThat(TripleRanking.auc(new double[] {5}, new double[] {1, 2, 3})).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TripleRanking.auc(new double[1], new double[0]))
        .withMessageContaining("1 marked and 0 unmarked");
  }
}
