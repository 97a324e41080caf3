package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
  private static void refuses(String message, UnaryOperator<Rehearsal> change) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.apply(Rehearsal.standard()))
        .withMessageContaining(message);
  }

  @Test
  void valuesOutsideTheirRangesAreRefused() {
    refuses("stolenWsrGoal is 0.0", each -> each.withStolenWsrGoal(0));
    refuses("stolenWsrGoal is 1.1", each -> each.withStolenWsrGoal(1.1));
    refuses("accuracyBudget is -0.1", each -> each.withAccuracyBudget(-0.1));
    refuses("accuracyBudget is 1.0", each -> each.withAccuracyBudget(1));
    refuses("costShare is 0.0", each -> each.withCostShare(0));
    refuses("costShare is NaN", each -> each.withCostShare(Double.NaN));
    refuses("unmarkedAccuracy is 90.4", each -> each.withUnmarkedAccuracy(90.4));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "2, 0, 1 2",
    "3, 0, 1 3",
    "5, 0, 2 4 5",
    "6, 0, 2 4 6",
    "8, 0, 3 5 7 8",
    "10, 0, 4 6 8 10",
    "10, 9, 10",
    "10, 5, 7 9 10",
    "30, 0, 4 10 16 22 30",
    "100, 0, 4 24 44 64 84 100",
    "100, 70, 74 80 86 92 100"
  })
  void rehearsalsAreSpreadOverTheMarkedEpochs(int epochs, int resting, String expected) {
    assertThat(RehearsalPlan.schedule(epochs, resting).stream().map(Object::toString).toList())
        .isEqualTo(List.of(expected.split(" ")));
  }

  private static RehearsalPlan plan(long rows, Rehearsal wish) {
    return RehearsalPlan.of(new RehearsalPlan.Sizes(10, 0, rows, 0.2, 8_000, 1, 10_000), wish);
  }

  /** What the plan's rehearsals cost, counted part by part. */
  private static double cost(RehearsalPlan plan, boolean estimated) {
    double copies = 2.0 * plan.copyRows() * plan.copyEpochs() * 1.4 + 2.0 * plan.copyRows() / 3;
    double measured = 2.0 * (900 + 1_000) / 3;
    double loss = estimated ? 4_096 * 2.2 + 2.0 * 10_000 / 3 : 0;
    return plan.epochs().size() * (copies + measured + loss);
  }

  @ParameterizedTest
  @ValueSource(longs = {6_000, 20_000, 60_000, 1_000_000})
  void noMoreIsPlannedThanAllowed(long rows) {
    for (double share : new double[] {0.3, 1, 3}) {
      Rehearsal wish = Rehearsal.standard().withCostShare(share);
      double allowed = share * 10 * rows * 1.2;
      assertThat(cost(plan(rows, wish), true)).isLessThanOrEqualTo(allowed);
      assertThat(cost(plan(rows, wish.withUnmarkedAccuracy(0.9)), false))
          .isLessThanOrEqualTo(allowed);
    }
  }

  @Test
  void whatIsAllowedIsSpent() {
    assertThat(cost(plan(60_000, Rehearsal.standard()), true)).isGreaterThan(0.6 * 216_000);
    assertThat(plan(60_000, Rehearsal.standard()).epochs()).containsExactly(4, 6);
    assertThat(plan(200_000, Rehearsal.standard()).epochs()).containsExactly(4, 6, 8, 10);
    assertThat(plan(60_000, Rehearsal.standard().withUnmarkedAccuracy(0.9)).epochs()).hasSize(2);
  }

  /** Fewer rehearsals rather than copies that have learnt nothing; the earliest stay. */
  @Test
  void smallTrainingsRehearseLess() {
    assertThat(plan(20_000, Rehearsal.standard()).epochs()).containsExactly(4);
    assertThat(plan(1_000, Rehearsal.standard()).epochs()).isEmpty();
  }

  @Test
  void lossesHaveAStandardError() {
    BitSet plain = new BitSet();
    plain.set(0, 90);
    BitSet marked = new BitSet();
    marked.set(4, 90);
    marked.set(95, 97);
    AccuracyLoss loss = AccuracyLoss.of(plain, marked, 100);
    assertThat(loss.share()).isCloseTo(0.02, within(1e-12));
    assertThat(loss.standardError()).isCloseTo(Math.sqrt(0.06 - 0.0004) / 10, within(1e-12));
    assertThat(AccuracyLoss.against(0.92, 0.9, 10_000).standardError())
        .isCloseTo(0.003, within(1e-12));
  }
}
