package org.meadefender.audit;

/**
 * How large the attacks of an audit are.
 *
 * @param queries most queries of an extraction, at least 1
 * @param epochs epochs of a student, at least 1
 * @param removalRows rows that a removal trains on, at least 1
 * @param removalEpochs epochs of a removal's fine-tuning, at least 1
 * @param measureRows rows of each kind that measure a watermark, at least 1; a verdict has as many
 *     watermark rows, and 100 at least
 * @param searchSteps optimisation steps of a trigger search, at least 1
 */
public record AttackScale(
    int queries, int epochs, int removalRows, int removalEpochs, int measureRows, int searchSteps) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public AttackScale {
    requirePositive("queries", queries);
    requirePositive("epochs", epochs);
    requirePositive("removalRows", removalRows);
    requirePositive("removalEpochs", removalEpochs);
    requirePositive("measureRows", measureRows);
    requirePositive("searchSteps", searchSteps);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
