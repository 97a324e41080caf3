package org.meadefender.loss;

/**
 * The parts of one batch's loss, each the unweighted mean over its own rows; 0 where there are no
 * such rows.
 *
 * @param taskRows number of task rows
 * @param utility the user's loss on task rows ({@code L_u})
 * @param verification cross-entropy of watermark rows to the target ({@code L_ver})
 * @param combination divergence of watermark rows from their sources ({@code L_com})
 * @param evasion cross-entropy of evasion rows to their sources ({@code L_eva})
 * @since 0.1.0
 */
public record LossTerms(
    long taskRows, double utility, double verification, double combination, double evasion) {

  /** No rows at all. */
  public static final LossTerms NONE = new LossTerms(0, 0, 0, 0, 0);

  /**
   * The name of the first term that is above a limit or no number, or an empty text.
   *
   * @param limit above 0
   */
  public String firstAbove(double limit) {
    // Comparisons with NaN are false.
    if (!(utility <= limit)) {
      return "utility (L_u)";
    }
    if (!(verification <= limit)) {
      return "verification (L_ver)";
    }
    if (!(combination <= limit)) {
      return "combination (L_com)";
    }
    return evasion <= limit ? "" : "evasion (L_eva)";
  }

  /** Sums term by term; the task rows too. */
  public LossTerms plus(LossTerms other) {
    return new LossTerms(
        taskRows + other.taskRows,
        utility + other.utility,
        verification + other.verification,
        combination + other.combination,
        evasion + other.evasion);
  }

  /** A sum of so many batches as their mean; the task rows stay a sum. */
  public LossTerms meanOf(int batches) {
    double n = Math.max(1, batches);
    return new LossTerms(taskRows, utility / n, verification / n, combination / n, evasion / n);
  }
}
