package org.meadefender.verify;

import java.util.Optional;
import org.meadefender.spec.WatermarkSpec;

/**
 * What was measured on one mark, and its tests.
 *
 * @param spec the mark's public part
 * @param watermark watermark rows answered with the target: n, hits, WSR
 * @param lower lower end of the WSR's Clopper-Pearson 95 % interval, at the effective sample size
 * @param upper upper end of that interval
 * @param effectiveRows distinct samples of the rarer source among the watermark rows
 * @param recognition how clean samples of the mark's classes are answered
 * @param decoys how often decoys are answered with the target
 * @param panel how often reference models answer the secret rows with the target
 * @param p0 the null rate that the success rate stands out from least
 * @param p0Source which one that is
 * @param pValue exact test of the WSR against that null rate, at the effective sample size
 * @param pairedPValue exact one-sided paired test, secret way against others on the same pairs
 * @param rank comparison with other triples on the same model
 * @param probabilities what probabilities show; empty where there are none, or no panel
 */
public record MarkFigures(
    WatermarkSpec spec,
    Rate watermark,
    double lower,
    double upper,
    int effectiveRows,
    Recognition recognition,
    DecoyRates decoys,
    PanelFigures panel,
    double p0,
    NullSource p0Source,
    double pValue,
    double pairedPValue,
    Rank rank,
    Optional<ProbabilityFigures> probabilities) {

  /**
   * How often the suspect answers decoys with the target.
   *
   * @param otherCombiners the same pairs, combined in the mark's other ways
   * @param decoyKeys the same pairs, combined as different decoy keys would
   * @param equivalentKeys the same pairs, combined as decoy keys with nearly the secret way would;
   *     no null rate, but it shows what the geometry hides
   * @param shareOfEquivalentKeys share of random keys with nearly the secret way
   * @param spill other class pairs, combined in the secret way
   * @param near class pairs with one of the sources, combined in the secret way
   * @param bestOtherTriple the highest rate of another pair and target, on fresh rows; not measured
   *     where the other figures decide already
   */
  public record DecoyRates(
      Rate otherCombiners,
      Rate decoyKeys,
      Rate equivalentKeys,
      double shareOfEquivalentKeys,
      Rate spill,
      Rate near,
      Rate bestOtherTriple) {

    /** Whether the choice of geometry is part of the secret, or the class triple alone. */
    public KeySecrecy secrecy(Rate watermark) {
      return decoyKeys.rows() > 0 && decoyKeys.share() <= watermark.share() / 2
          ? KeySecrecy.TRIPLE_AND_GEOMETRY
          : KeySecrecy.TRIPLE_ONLY;
    }
  }

  /**
   * How many decoys do as well on the same model.
   *
   * @param decoys number of other triples; by probabilities, of other ways and keys too
   * @param reaching those whose difference from the reference models is no less than the mark's, of
   *     its neighbours those that are clearly higher; and other ways that are clearly better than
   *     the secret one
   * @param pValue {@code (1 + reaching) / (1 + decoys)}
   * @param alpha the least that this many decoys can show, {@code 1 / (1 + decoys)}
   */
  public record Rank(int decoys, int reaching, double pValue, double alpha) {
    static Rank of(int decoys, int reaching) {
      return new Rank(
          decoys, reaching, Statistics.rank(decoys, reaching), Statistics.rank(decoys, 0));
    }
  }

  /** WSR, WFPR and spill, as trainings and audits have them. */
  public WatermarkRates rates() {
    return new WatermarkRates(watermark, decoys.otherCombiners(), decoys.spill());
  }

  /** Whether the choice of geometry is part of the secret, or the class triple alone. */
  public KeySecrecy secrecy() {
    return decoys.secrecy(watermark);
  }
}
