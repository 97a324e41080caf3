package org.meadefender.loss;

import org.meadefender.batch.RowCounts;

/**
 * What one batch's loss was made of.
 *
 * @param terms the losses
 * @param alphas their coefficients
 * @param rows number of rows of each kind
 * @param tasks what the network answered on the task rows whose labels say something
 */
public record LossStep(LossTerms terms, Alphas alphas, RowCounts rows, TaskAnswers tasks) {

  /**
   * Coefficients α of {@code α1·L_u + α2·L_wm + α3·L_eva} (paper, eq. 8), each of a mean over its
   * own rows; 0 for a loss without rows. With fixed row weights they are constant, up to the number
   * of rows.
   *
   * @param utility α1
   * @param watermark α2
   * @param evasion α3
   */
  public record Alphas(double utility, double watermark, double evasion) {}
}
