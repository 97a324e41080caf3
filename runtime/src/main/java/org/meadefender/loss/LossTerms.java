package org.meadefender.loss;

import java.util.List;
import java.util.function.ToDoubleFunction;

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

  /** The mean of several batches' terms; the task rows are counted together. */
  public static LossTerms mean(List<LossTerms> batches) {
    return new LossTerms(
        batches.stream().mapToLong(LossTerms::taskRows).sum(),
        mean(batches, LossTerms::utility),
        mean(batches, LossTerms::verification),
        mean(batches, LossTerms::combination),
        mean(batches, LossTerms::evasion));
  }

  private static double mean(List<LossTerms> batches, ToDoubleFunction<LossTerms> term) {
    return batches.stream().mapToDouble(term).average().orElse(0);
  }
}
