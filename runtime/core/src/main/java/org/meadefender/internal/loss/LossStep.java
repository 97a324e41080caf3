package org.meadefender.internal.loss;

import org.meadefender.batch.RowCounts;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossTerms;

/**
 * What one batch's loss was made of.
 *
 * @param terms the losses
 * @param alphas their coefficients
 * @param rows number of rows of each kind
 * @param tasks what the network answered on the task rows whose labels say something
 */
public record LossStep(LossTerms terms, LossAlphas alphas, RowCounts rows, TaskAnswers tasks) {}
