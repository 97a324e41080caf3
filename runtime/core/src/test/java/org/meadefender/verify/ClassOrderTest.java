package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.meadefender.suspect.InputFormat;

class ClassOrderTest {
  private static final Set<Integer> MARKED = Set.of(2, 7, 4);
  private final FlatWorld world = new FlatWorld(10);
  private final CleanSamples clean =
      new CleanSamples(
          HeldOutSamples.collect(
              world.heldOut(80),
              classes -> new HeldOutSamples.Needed(Set.of(2, 7), Set.of(4)),
              1000,
              false,
              new SplittableRandom(1)),
          MARKED,
          new SplittableRandom(2));

  /** Answers of a model that numbers classes in its own way, and errs now and then. */
  private Answers answers(int outputs, double errors, IntUnaryOperator output) {
    Random random = new Random(3);
    int rows = clean.queries().size();
    float[] values = new float[rows * outputs];
    for (int row = 0; row < rows; row++) {
      int answer =
          random.nextDouble() < errors
              ? random.nextInt(outputs)
              : output.applyAsInt(clean.label(row));
      if (answer >= 0) {
        values[row * outputs + answer] = 1;
      }
    }
    return Answers.of(outputs, values);
  }

  private ClassOrder estimate(int outputs, double errors, IntUnaryOperator output) {
    return ClassOrder.estimate(clean, answers(outputs, errors, output), 10, MARKED);
  }

  @Test
  void theOrdinaryOrderStays() {
    assertThat(estimate(10, 0, label -> label).changed()).isFalse();
    assertThat(estimate(10, 0.5, label -> label).changed()).isFalse();
    // A class that is taken for another is an error, not another numbering.
    assertThat(estimate(10, 0.1, label -> label == 6 ? 0 : label).changed()).isFalse();
  }

  @Test
  void exchangedOutputsAreFound() {
    IntUnaryOperator exchanged = label -> label == 2 ? 7 : label == 7 ? 2 : label;
    for (double errors : new double[] {0, 0.2, 0.5}) {
      ClassOrder order = estimate(10, errors, exchanged);
      assertThat(order.changed()).isTrue();
      assertThat(order.doubt()).isEmpty();
      assertThat(order.columns()).containsExactly(0, 1, 7, 3, 4, 5, 6, 2, 8, 9);
    }
    assertThat(estimate(10, 0.2, label -> 9 - label).columns())
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  }

  /** What is proposed is what the option takes. */
  @Test
  void theOrderIsToldAsTheOptionTakesIt() {
    IntUnaryOperator turned = label -> label == 2 ? 7 : label == 7 ? 5 : label == 5 ? 2 : label;
    ClassOrder order = estimate(10, 0, turned);
    var proposed = order.asOption(10).orElseThrow();
    assertThat(proposed).containsExactly(0, 1, 5, 3, 4, 7, 6, 2, 8, 9);
    for (int label = 0; label < 10; label++) {
      assertThat(proposed.get(turned.applyAsInt(label))).isEqualTo(label);
    }
    assertThat(InputFormat.SAME.withClassOrder(proposed).classOrder()).isEqualTo(proposed);
    assertThat(estimate(12, 0, label -> label + 2).asOption(12)).isEmpty();
    assertThat(estimate(8, 0, label -> label < 8 ? label : 0).asOption(8)).isEmpty();
  }

  @Test
  void moreAndFewerOutputsAreAssigned() {
    ClassOrder more = estimate(12, 0.1, label -> label + 2);
    assertThat(more.columns()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(more.doubt()).isEmpty();
    ClassOrder fewer = estimate(8, 0.1, label -> label < 8 ? label : 0);
    assertThat(fewer.columns()).contains(Answers.NONE).containsSequence(1, 2, 3, 4, 5, 6, 7);
    assertThat(fewer.doubt()).isEmpty();
  }

  @Test
  void whatCannotBeToldIsNotGuessed() {
    // Two outputs share what is class 2.
    Random random = new Random(5);
    ClassOrder order = estimate(11, 0, label -> label == 2 && random.nextBoolean() ? 10 : label);
    assertThat(order.doubt().orElse("")).contains("which of its outputs is class 2");
    // No output is left for class 7.
    assertThat(estimate(7, 0, label -> label < 7 ? label : 0).doubt()).isPresent();
  }

  @Test
  void answersFollowTheOrder() {
    Answers raw = Answers.of(3, new float[] {0.1f, 0.2f, 0.7f, 0.6f, 0.3f, 0.1f});
    Answers ordered = raw.inOrder(new int[] {2, 0});
    assertThat(ordered.classes()).isEqualTo(2);
    assertThat(ordered.top(0)).isZero();
    assertThat(ordered.probability(0, 1)).isEqualTo(0.1f);
    assertThat(ordered.top(1)).isEqualTo(1);
    // The top class of a row is one that the task lacks: no answer.
    assertThat(raw.inOrder(new int[] {1, 0}).top(0)).isEqualTo(Answers.NONE);
  }
}
