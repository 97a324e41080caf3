package org.meadefender.verify;

import java.util.Comparator;
import java.util.List;
import org.meadefender.reference.ReferencePanel;

/**
 * How often reference models answer a mark's secret rows with its target: what is natural.
 *
 * @param models number of reference models
 * @param mean mean rate; NaN without models
 * @param highest rate of the model with the highest one
 * @param bound upper prediction bound for one more unrelated model, on the scale of log-odds; NaN
 *     with fewer than {@link ReferencePanel#LEAST_MEMBERS} models
 * @param level chance that one more unrelated model is above the bound
 */
public record PanelFigures(int models, double mean, Rate highest, double bound, double level) {
  /**
   * Least standard deviation of log-odds between models. Over class triples that are answered at
   * all it is about the same for all of them, 1.0 to 1.3 in the median, and too small to rely on
   * where all rates are near 0. With this least value, {@link Statistics#MOST_DEGREES} hold for the
   * tails: see {@code docs/guide/evidence.md}.
   */
  private static final double LEAST_SPREAD = 1.0;

  static PanelFigures of(List<Rate> rates, double level) {
    double[] logits = rates.stream().mapToDouble(Statistics::logit).toArray();
    return new PanelFigures(
        rates.size(),
        Statistics.mean(rates.stream().mapToDouble(Rate::share).toArray()),
        rates.stream().max(Comparator.comparingDouble(Rate::share)).orElse(Rate.NONE),
        rates.size() < ReferencePanel.LEAST_MEMBERS
            ? Double.NaN
            : Statistics.rateOf(
                Statistics.predictionBound(
                    logits,
                    level,
                    Math.max(LEAST_SPREAD, Statistics.deviation(logits)),
                    Statistics.MOST_DEGREES)),
        level);
  }
}
