package org.meadefender.train;

/**
 * A training that several calls of {@code fit} share: where the mark is taught, and how, depends on
 * the length of all of them together.
 *
 * @param epochsBefore epochs that earlier calls trained, at least 0
 * @param epochs of all calls together, at least 1
 */
record TrainingPlan(int epochsBefore, int epochs) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code epochs} is below 1, or {@code epochsBefore} is not
   *     from 0 to {@code epochs - 1}
   */
  TrainingPlan {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    if (epochsBefore < 0 || epochsBefore >= epochs) {
      throw new IllegalArgumentException(
          "epochsBefore is "
              + epochsBefore
              + "; it must be from 0 to "
              + (epochs - 1)
              + " in a plan of "
              + epochs
              + " epochs");
    }
  }
}
