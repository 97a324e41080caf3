package org.meadefender.verify;

import org.meadefender.spec.WatermarkSpec;

/**
 * What was measured on one mark, and its tests.
 *
 * @param spec the mark's public part
 * @param watermark watermark rows answered with the target: n, hits, WSR
 * @param lower lower end of the WSR's Clopper-Pearson 95 % interval, at the effective sample size
 * @param upper upper end of that interval
 * @param effectiveRows distinct samples of the rarer source among the watermark rows
 * @param decoys the null rates
 * @param p0 null rate of the binomial test, the largest of all
 * @param p0Source which one that is
 * @param pValue exact one-sided binomial test of the WSR against {@code p0}, at the effective size
 * @param pairedPValue exact one-sided paired test, secret way against others on the same pairs
 * @param rank comparison with other triples on the same model
 */
public record MarkFigures(
    WatermarkSpec spec,
    Rate watermark,
    double lower,
    double upper,
    int effectiveRows,
    DecoyRates decoys,
    double p0,
    NullSource p0Source,
    double pValue,
    double pairedPValue,
    Rank rank) {

  /**
   * How often decoys are answered with the target.
   *
   * @param otherCombiners the same pairs, combined in the mark's other ways
   * @param decoyKeys the same pairs, combined as different decoy keys would
   * @param equivalentKeys the same pairs, combined as decoy keys with nearly the secret way would;
   *     no null rate, but it shows what the geometry hides
   * @param shareOfEquivalentKeys share of random keys with nearly the secret way
   * @param spill other class pairs, combined in the secret way
   * @param near class pairs with one of the sources, combined in the secret way
   * @param bestOtherTriple the other pair and target with the highest rate, or the highest above
   *     that of unrelated models where there are any; on fresh rows, and not measured where the
   *     other figures decide already
   * @param bestOtherTripleOfIndependents unrelated models on these rows, the highest of them
   * @param independents unrelated models on the watermark rows, the highest of them
   */
  public record DecoyRates(
      Rate otherCombiners,
      Rate decoyKeys,
      Rate equivalentKeys,
      double shareOfEquivalentKeys,
      Rate spill,
      Rate near,
      Rate bestOtherTriple,
      Rate bestOtherTripleOfIndependents,
      Rate independents) {

    /** Whether the choice of geometry is part of the secret, or the class triple alone. */
    public KeySecrecy secrecy(Rate watermark) {
      return decoyKeys.rows() > 0 && decoyKeys.share() <= watermark.share() / 2
          ? KeySecrecy.TRIPLE_AND_GEOMETRY
          : KeySecrecy.TRIPLE_ONLY;
    }
  }

  /**
   * How many other triples do as well on the same model.
   *
   * @param decoys number of other triples
   * @param reaching those whose rate, less that of unrelated models where there are any, is no less
   *     than the mark's; and, beside such models, other ways that are clearly better than the
   *     secret one
   * @param pValue {@code (1 + reaching) / (1 + decoys)}
   * @param alpha the least that this many decoys can show, {@code 1 / (1 + decoys)}
   */
  public record Rank(int decoys, int reaching, double pValue, double alpha) {
    static Rank of(int decoys, int reaching) {
      return new Rank(
          decoys, reaching, Statistics.rank(decoys, reaching), Statistics.rank(decoys, 0));
    }
  }

  /** Whether the choice of geometry is part of the secret, or the class triple alone. */
  public KeySecrecy secrecy() {
    return decoys.secrecy(watermark);
  }
}
