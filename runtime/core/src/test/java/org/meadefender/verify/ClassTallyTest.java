package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassTallyTest {
  private static final double FLOOR = -12;

  private static Answers answers(double... ofFirst) {
    float[] values = new float[2 * ofFirst.length];
    for (int i = 0; i < ofFirst.length; i++) {
      values[2 * i] = (float) ofFirst[i];
      values[2 * i + 1] = (float) (1 - ofFirst[i]);
    }
    return Answers.of(2, values);
  }

  @Test
  void meansAndRatesAreOfAllRows() {
    ClassTally tally = ClassTally.of(answers(Math.exp(-1), Math.exp(-3)), FLOOR);
    tally.add(answers(0.9, 0), FLOOR);

    assertThat(tally.rate(0)).isEqualTo(new Rate(1, 4));
    assertThat(tally.meanLogProbability(0))
        .isCloseTo((-1 - 3 + Math.log(0.9) - 12) / 4, within(1e-6));
  }

  /** Student's t of one degree of freedom has 318.309 at 0.001, that of two 22.327 (tables). */
  @Test
  void theLeastMeanIsStudents() {
    ClassTally two = ClassTally.of(answers(Math.exp(-1), Math.exp(-3)), FLOOR);
    assertThat(two.leastLogProbability(0, 1e-3)).isCloseTo(-2 - 318.309, within(1e-2));
    ClassTally three = ClassTally.of(answers(Math.exp(-1), Math.exp(-2), Math.exp(-3)), FLOOR);
    assertThat(three.leastLogProbability(0, 1e-3))
        .isCloseTo(-2 - 22.327 / Math.sqrt(3), within(1e-2));
  }

  @Test
  void oneRowTellsNothing() {
    assertThat(ClassTally.of(answers(0.5), FLOOR).leastLogProbability(0, 1e-3))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
