package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import org.meadefender.suspect.SuspectModel;

/**
 * How thoroughly to verify.
 *
 * @param rows watermark rows per mark, at least 20; fewer are used if there are fewer pairs
 * @param batch rows per question, at least 1
 * @param alpha largest p-value of the binomial and the paired test that proves ownership
 * @param nullCeiling least null rate; the paper calls 30 % the threshold of infringement
 * @param queryBudget most rows that may be sent to the suspect; row numbers shrink to fit
 * @param independents unrelated models for the same classes. Their rate of the target bounds the
 *     null rate from below, and other triples count by how much they are above these models: what
 *     is natural does not stand against a mark. The null rate is then at least one half, and some
 *     1,000 further rows ask whether another way than the secret one is better. A verdict then
 *     rests on these models too, so whoever checks it should bring their own
 */
public record VerificationOptions(
    int rows,
    int batch,
    double alpha,
    double nullCeiling,
    int queryBudget,
    List<SuspectModel> independents) {

  private static final int LEAST_ROWS = 20;

  /** 1,000 rows, batches of 256, alpha 1e-6, ceiling 30 %, no budget. */
  public static final VerificationOptions DEFAULT =
      new VerificationOptions(1000, 256, 1e-6, 0.3, Integer.MAX_VALUE, List.of());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public VerificationOptions {
    require(rows >= LEAST_ROWS, "rows", rows, "at least " + LEAST_ROWS);
    require(batch >= 1, "batch", batch, "at least 1");
    require(alpha > 0 && alpha <= 0.05, "alpha", alpha, "above 0 and at most 0.05");
    require(nullCeiling > 0 && nullCeiling < 1, "nullCeiling", nullCeiling, "between 0 and 1");
    require(queryBudget >= 1, "queryBudget", queryBudget, "at least 1");
    independents = List.copyOf(independents);
  }

  /** The same with another number of watermark rows. */
  public VerificationOptions withRows(int newRows) {
    return new VerificationOptions(newRows, batch, alpha, nullCeiling, queryBudget, independents);
  }

  /** The same with another batch size. */
  public VerificationOptions withBatch(int newBatch) {
    return new VerificationOptions(rows, newBatch, alpha, nullCeiling, queryBudget, independents);
  }

  /** The same with another alpha. */
  public VerificationOptions withAlpha(double newAlpha) {
    return new VerificationOptions(rows, batch, newAlpha, nullCeiling, queryBudget, independents);
  }

  /** The same with a limit on the rows sent to the suspect. */
  public VerificationOptions withQueryBudget(int newBudget) {
    return new VerificationOptions(rows, batch, alpha, nullCeiling, newBudget, independents);
  }

  /** The same with one more unrelated model. */
  public VerificationOptions withIndependent(SuspectModel model) {
    List<SuspectModel> all = new ArrayList<>(independents);
    all.add(model);
    return new VerificationOptions(rows, batch, alpha, nullCeiling, queryBudget, all);
  }

  private static void require(boolean valid, String name, Object value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }
}
