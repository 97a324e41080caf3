package org.meadefender.samples.quickstart;

import java.util.stream.DoubleStream;
import org.meadefender.verify.MarkFigures;
import org.meadefender.verify.OwnershipVerdict;

/**
 * What was measured on one model, as it stands in {@code report.json}.
 *
 * @param accuracy share of test images classified correctly
 * @param watermarkSuccessRate share of watermark rows answered with the target
 * @param falsePositiveRate share of the same pairs, combined in other ways, answered with the
 *     target
 * @param decoyRate the highest share of decoy rows answered with the target
 * @param pValue exact binomial test against the null rate
 * @param verdict Owned, NotOwned or Inconclusive
 */
record TestedModel(
    double accuracy,
    double watermarkSuccessRate,
    double falsePositiveRate,
    double decoyRate,
    double pValue,
    String verdict) {

  static TestedModel of(double accuracy, OwnershipVerdict verdict) {
    return new TestedModel(
        accuracy,
        verdict.figures().watermarkSuccessRate(),
        verdict.figures().marks().stream()
            .mapToDouble(mark -> mark.decoys().otherCombiners().share())
            .max()
            .orElse(Double.NaN),
        verdict.figures().marks().stream()
            .mapToDouble(TestedModel::decoyRate)
            .max()
            .orElse(Double.NaN),
        verdict.figures().pValue(),
        verdict.name());
  }

  private static double decoyRate(MarkFigures mark) {
    MarkFigures.DecoyRates decoys = mark.decoys();
    return DoubleStream.of(
            decoys.otherCombiners().share(), decoys.decoyKeys().share(), decoys.spill().share())
        .filter(Double::isFinite)
        .max()
        .orElse(Double.NaN);
  }
}
