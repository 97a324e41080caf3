package org.meadefender.verify;

import java.util.List;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.OwnershipVerdict.Basis;

/**
 * The tests of one basis over all marks; several marks are combined by Fisher's method.
 *
 * @param basis what the tests look at
 * @param pValue of the top class: exact tests of the success rate against every null rate, the
 *     largest; of probabilities: against one more unrelated model
 * @param pairedPValue exact paired test of the secret way against others on the same pairs
 * @param alpha largest of these two p-values that shows ownership
 * @param rankPValue rank test among other triples on the same model
 * @param rankAlpha largest rank p-value that shows ownership: the least that one mark can show
 * @since 0.1.0
 */
public record BasisFigures(
    Basis basis,
    double pValue,
    double pairedPValue,
    double alpha,
    double rankPValue,
    double rankAlpha) {
  /** Level of exact tests at which traces are reported; see {@link OwnershipVerdict.Traces}. */
  static final double TRACES_ALPHA = 1e-3;

  /**
   * Level of the bound for one more model that traces in the probabilities are above. The mark must
   * be the first of some hundred triples too: few unrelated models are both.
   */
  private static final double TRACES_MODEL_ALPHA = 1e-2;

  static BasisFigures topClass(List<MarkFigures> marks, double alpha) {
    return new BasisFigures(
        Basis.TOP_CLASS,
        product(marks.stream().map(MarkFigures::pValue).toList()),
        product(marks.stream().map(MarkFigures::pairedPValue).toList()),
        alpha,
        product(marks.stream().map(mark -> mark.rank().pValue()).toList()),
        largest(marks.stream().map(mark -> mark.rank().alpha()).toList()));
  }

  static BasisFigures probabilities(List<ProbabilityFigures> marks, double alpha) {
    return new BasisFigures(
        Basis.PROBABILITIES,
        product(marks.stream().map(ProbabilityFigures::pValue).toList()),
        product(marks.stream().map(ProbabilityFigures::pairedPValue).toList()),
        alpha,
        product(marks.stream().map(mark -> mark.rank().pValue()).toList()),
        largest(marks.stream().map(mark -> mark.rank().alpha()).toList()));
  }

  /** Whether all three tests pass. */
  public boolean passes() {
    return pValue <= alpha && pairedPValue <= alpha && rankPValue <= rankAlpha;
  }

  /** Whether they show {@link OwnershipVerdict.Traces}. The rank test's alpha is the same. */
  public boolean showsTraces() {
    double level = basis == Basis.PROBABILITIES ? TRACES_MODEL_ALPHA : TRACES_ALPHA;
    return pValue <= level && pairedPValue <= TRACES_ALPHA && rankPValue <= rankAlpha;
  }

  private static double product(List<Double> pValues) {
    return pValues.isEmpty() ? Double.NaN : Statistics.product(pValues);
  }

  private static double largest(List<Double> values) {
    return values.stream().mapToDouble(value -> value).max().orElse(Double.NaN);
  }
}
