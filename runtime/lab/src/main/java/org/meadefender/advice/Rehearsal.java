package org.meadefender.advice;

import java.util.OptionalDouble;

/**
 * What a training should reach by rehearsing: every few epochs a small copy of the network is
 * stolen, once with all probabilities and once with top classes only, and what it keeps of the mark
 * steers how the mark is taught from then on.
 *
 * <p>The rehearsal's thief asks about a sample of the training data, and trains less than a real
 * one: its WSR is a direction, not a forecast.
 *
 * @param stolenWsrGoal WSR that both copies should have, in (0, 1]
 * @param accuracyBudget share of accuracy that the mark may cost, in [0, 1)
 * @param costShare most work for rehearsals as a share of the training's own, in (0, 10]
 * @param unmarkedAccuracy accuracy of a network without a mark after the same training, where known
 */
public record Rehearsal(
    double stolenWsrGoal,
    double accuracyBudget,
    double costShare,
    OptionalDouble unmarkedAccuracy) {
  private static final double GOAL = 0.9;
  private static final double ACCURACY_BUDGET = 0.01;
  private static final double COST_SHARE = 0.3;
  private static final double MOST_COST = 10;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public Rehearsal {
    if (!(stolenWsrGoal > 0 && stolenWsrGoal <= 1)) {
      throw new IllegalArgumentException(
          "stolenWsrGoal is " + stolenWsrGoal + "; it must be above 0 and at most 1");
    }
    if (!(accuracyBudget >= 0 && accuracyBudget < 1)) {
      throw new IllegalArgumentException(
          "accuracyBudget is " + accuracyBudget + "; it must be from 0 to below 1, as in 0.01");
    }
    if (!(costShare > 0 && costShare <= MOST_COST)) {
      throw new IllegalArgumentException(
          "costShare is " + costShare + "; it must be above 0 and at most " + MOST_COST);
    }
    if (unmarkedAccuracy.isPresent()
        && !(unmarkedAccuracy.getAsDouble() > 0 && unmarkedAccuracy.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "unmarkedAccuracy is "
              + unmarkedAccuracy.getAsDouble()
              + "; it must be above 0 and at most 1, as in 0.904");
    }
  }

  /** Copies with a WSR of 0.9, for at most 0.01 of accuracy and 0.3 of the training's work. */
  public static Rehearsal standard() {
    return new Rehearsal(GOAL, ACCURACY_BUDGET, COST_SHARE, OptionalDouble.empty());
  }

  /** The same with another goal; see the components. */
  public Rehearsal withStolenWsrGoal(double newGoal) {
    return new Rehearsal(newGoal, accuracyBudget, costShare, unmarkedAccuracy);
  }

  /** The same with another budget; see the components. */
  public Rehearsal withAccuracyBudget(double newBudget) {
    return new Rehearsal(stolenWsrGoal, newBudget, costShare, unmarkedAccuracy);
  }

  /**
   * The same with other costs.
   *
   * <p>They are counted in rows, not in seconds, so that a training repeats bit by bit on a busy
   * machine too; {@link RehearsalListener#share} tells what they came to. Small data need a larger
   * share, or have no rehearsal: a copy says nothing before it has learnt the task.
   */
  public Rehearsal withCostShare(double newShare) {
    return new Rehearsal(stolenWsrGoal, accuracyBudget, newShare, unmarkedAccuracy);
  }

  /**
   * The same with a known reference. The accuracy then is held against it in the last third of the
   * epochs; before, the network has not learnt all it will.
   *
   * <p>Without it the loss is estimated: two copies of the network go on over some training
   * samples, one with the mark and one without, and are compared. That is what dropping the mark
   * would give back at once, about half of what the training would have gained without it where
   * that was measured ({@code docs/guide/training.md}).
   */
  public Rehearsal withUnmarkedAccuracy(double accuracy) {
    return new Rehearsal(stolenWsrGoal, accuracyBudget, costShare, OptionalDouble.of(accuracy));
  }
}
