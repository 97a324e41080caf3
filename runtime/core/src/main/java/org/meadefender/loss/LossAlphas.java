package org.meadefender.loss;

/**
 * Coefficients α of {@code α1·L_u + α2·L_wm + α3·L_eva} (paper, eq. 8) in one step, each of a mean
 * over its own rows; 0 for a loss without rows. With fixed row weights they are constant, up to the
 * number of rows.
 *
 * @param utility α1
 * @param watermark α2
 * @param evasion α3
 * @since 0.1.0
 */
public record LossAlphas(double utility, double watermark, double evasion) {}
