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
 */
public record LossTerms(
    long taskRows, double utility, double verification, double combination, double evasion) {

  /** No rows at all. */
  public static final LossTerms NONE = new LossTerms(0, 0, 0, 0, 0);

  /** The name of a term that is not finite, or an empty text. */
  public String firstNotFinite() {
    if (!Double.isFinite(utility)) {
      return "utility (L_u)";
    }
    if (!Double.isFinite(verification)) {
      return "verification (L_ver)";
    }
    if (!Double.isFinite(combination)) {
      return "combination (L_com)";
    }
    return Double.isFinite(evasion) ? "" : "evasion (L_eva)";
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
