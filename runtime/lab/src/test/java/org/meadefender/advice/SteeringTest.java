package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.train.Method;
import org.meadefender.verify.Evaluation;
import org.meadefender.verify.Rate;
import org.meadefender.verify.WatermarkRates;

class SteeringTest {
  private static final Rehearsal WISH = Rehearsal.standard();
  private static final Evaluation KEPT = rates(95, 5, 10);
  private static final Evaluation LOST = rates(75, 5, 10);

  private static Evaluation rates(int wsr, int wfpr, int spill) {
    return new Evaluation(
        0.9,
        Optional.empty(),
        List.of(new WatermarkRates(new Rate(wsr, 100), new Rate(wfpr, 100), new Rate(spill, 100))),
        List.of());
  }

  private static final Method BASE = method(3, 1, 0, 0.25);

  private static Steering.Step steer(
      Method method, Evaluation victim, Evaluation soft, Evaluation hard, double loss) {
    return Steering.steer(
        method,
        new RehearsalFindings(victim, soft, hard, Optional.of(new AccuracyLoss(loss, 0.001))),
        WISH);
  }

  private static Method method(
      double verification, double evasion, double pairNegatives, double coupling) {
    return Method.DEFAULT
        .withWeights(new LossWeights(verification, 0.05, evasion))
        .withRecipe(new RowRecipe(0, pairNegatives, coupling));
  }

  @Test
  void nothingChangesWhereTheGoalIsReached() {
    Steering.Step step = steer(BASE, rates(99, 4, 15), KEPT, KEPT, 0.005);
    assertThat(step.method()).isEqualTo(BASE);
    assertThat(step.reasons())
        .containsExactly("both copies reach the goal", "how the mark is taught stays as it is");
  }

  @Test
  void aCopyThatKeepsTooLittleRaisesTheCoupling() {
    Method more = method(3, 1, 0, 0.3);
    assertThat(steer(BASE, rates(99, 4, 15), LOST, KEPT, 0).method()).isEqualTo(more);
    Steering.Step hard = steer(BASE, rates(99, 4, 15), KEPT, LOST, 0);
    assertThat(hard.method()).isEqualTo(more);
    assertThat(hard.reasons())
        .containsExactly("a copy keeps a WSR of 75.0 %", "coupling 0.25 → 0.30");
  }

  @Test
  void aCopyFarBelowTheGoalRaisesItTwiceAsMuch() {
    assertThat(steer(BASE, rates(99, 4, 15), rates(60, 5, 10), KEPT, 0).method())
        .isEqualTo(method(3, 1, 0, 0.35));
  }

  @Test
  void anIsolatedMarkIsTaughtMoreLightly() {
    Steering.Step step = steer(BASE, rates(99, 1, 15), LOST, LOST, 0);
    assertThat(step.method()).isEqualTo(method(2, 1 / 1.5, 0, 0.3));
    assertThat(step.reasons()).contains("the network isolates its mark");
  }

  @Test
  void aNetworkThatDoesNotKnowItsMarkLearnsItHarder() {
    assertThat(steer(BASE, rates(96, 1, 15), LOST, LOST, 0).method())
        .isEqualTo(method(4.5, 1, 0, 0.3));
  }

  @Test
  void otherMixesAreTaughtAgainst() {
    Steering.Step step = steer(BASE, rates(99, 7, 25), KEPT, KEPT, 0);
    assertThat(step.method()).isEqualTo(method(3, 1.5, 0.1, 0.25));
    assertThat(step.reasons()).contains("the network's WFPR is 7.0 %", "its spill is 25.0 %");
  }

  @Test
  void accuracyGoesBeforeAllElse() {
    Steering.Step step = steer(BASE, rates(90, 50, 50), LOST, LOST, 0.02);
    assertThat(step.method()).isEqualTo(method(2, 1, 0, 0.2));
    assertThat(step.reasons()).contains("the mark costs more accuracy than it may");
  }

  @Test
  void aLossWithinChanceOfTheBudgetOnlyEndsWhatWouldRaiseIt() {
    RehearsalFindings findings =
        new RehearsalFindings(
            rates(99, 4, 15), LOST, LOST, Optional.of(new AccuracyLoss(0.015, 0.006)));
    Steering.Step step = Steering.steer(BASE, findings, WISH);
    assertThat(step.method()).isEqualTo(BASE);
    assertThat(step.reasons()).contains("the accuracy budget is spent");
  }

  @Test
  void everythingStaysInItsRange() {
    Method method = BASE;
    for (int i = 0; i < 20; i++) {
      method = steer(method, rates(90, 50, 50), LOST, LOST, 0).method();
    }
    assertThat(method).isEqualTo(method(6, 3, 0.5, 0.4));
    for (int i = 0; i < 20; i++) {
      method = steer(method, rates(99, 1, 10), LOST, LOST, 0).method();
    }
    assertThat(method).isEqualTo(method(1, 0.5, 0.5, 0.4));
    for (int i = 0; i < 20; i++) {
      method = steer(method, rates(99, 1, 10), LOST, LOST, 0.1).method();
    }
    assertThat(method.recipe().coupling()).isZero();
  }

  @Test
  void whatTheUserSetBeyondARangeIsNotPulledIntoIt() {
    Method own = method(8, 0.2, 0.7, 0.5);
    assertThat(steer(own, rates(90, 5, 50), LOST, LOST, 0).method()).isEqualTo(own);
    assertThat(steer(method(0.5, 0.2, 0, 0.5), rates(99, 1, 10), LOST, LOST, 0).method())
        .isEqualTo(method(0.5, 0.2, 0, 0.5));
  }

  @Test
  void aSpillThatCannotBeMeasuredChangesNothing() {
    Evaluation victim =
        new Evaluation(
            0.9,
            Optional.empty(),
            List.of(new WatermarkRates(new Rate(99, 100), new Rate(4, 100), new Rate(0, 0))),
            List.of());
    assertThat(steer(BASE, victim, KEPT, KEPT, 0).method()).isEqualTo(BASE);
  }
}
