package org.meadefender.verify;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.meadefender.internal.reference.ReferencePanel;
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
 * @since 0.1.0
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

  /**
   * How a suspect answers clean samples of a mark's classes.
   *
   * @param sourceA samples of source A answered with A
   * @param sourceB samples of source B answered with B
   * @param target samples of the target answered with the target; no rows if there are none
   * @param sourcesAsTarget samples of both sources answered with the target: if these are frequent,
   *     the watermark rows show nothing but the samples they were made of
   */
  public record Recognition(Rate sourceA, Rate sourceB, Rate target, Rate sourcesAsTarget) {}

  /**
   * How often reference models answer a mark's secret rows with its target: what is natural.
   *
   * @param models number of reference models
   * @param mean mean rate; NaN without models
   * @param highest rate of the model with the highest one
   * @param bound upper prediction bound for one more unrelated model, on the scale of log-odds; NaN
   *     with fewer than 8 models
   * @param level chance that one more unrelated model is above the bound
   */
  public record PanelFigures(int models, double mean, Rate highest, double bound, double level) {
    /**
     * Least standard deviation of log-odds between models. Over class triples that are answered at
     * all it is about the same for all of them, 1.0 to 1.3 in the median, and too small to rely on
     * where all rates are near 0. With this least value, {@link Statistics#MOST_DEGREES} hold for
     * the tails: see {@code docs/guide/evidence.md}.
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

  /**
   * What probabilities show of a mark that the top class may not.
   *
   * @param logProbability mean log-probability of the target on the secret rows
   * @param panelLogProbability highest of the reference models
   * @param statistic the mark's excess over the reference models, less the mean excess of unrelated
   *     triples on the same suspect, over their standard deviation
   * @param highestOfPanel highest statistic when each reference model plays the suspect in turn,
   *     over all unrelated triples
   * @param spread standard deviation of the statistic between unrelated models, at least 1
   * @param degreesOfFreedom of the t distribution that stands for them; few where unrelated triples
   *     have heavy tails, as on a marked model
   * @param pValue chance that one more unrelated model has such a statistic: modelled, and no less
   *     than the share of {@code highestOfPanel}'s candidates that reach it, if any do
   * @param pairedPValue exact one-sided sign test of secret rows against other ways on the same
   *     pairs, both less the panel's mean
   * @param rank comparison with other triples, other ways and other keys on the same model
   */
  public record ProbabilityFigures(
      double logProbability,
      double panelLogProbability,
      double statistic,
      double highestOfPanel,
      double spread,
      double degreesOfFreedom,
      double pValue,
      double pairedPValue,
      MarkFigures.Rank rank) {}

  /** Where a null rate came from: the success rate must stand out from every one. */
  public enum NullSource {
    /** Upper prediction bound of the reference panel on the secret rows, for one more model. */
    PANEL("the reference panel"),
    /** The paper's threshold, where there is no panel. */
    CEILING("the paper's ceiling"),
    /** Supplied models on the secret rows, where they are too few for a panel. */
    REFERENCE_MODELS("reference models"),
    /** The same pairs, combined in other ways. */
    OTHER_COMBINERS("the same pairs combined otherwise"),
    /** The same pairs, combined as other keys would. */
    DECOY_KEYS("the same pairs combined by other keys"),
    /** Other class pairs, combined in the secret way, answered with the target. */
    OTHER_PAIRS("other class pairs"),
    /**
     * Class pairs with one of the sources, combined in the secret way, answered with the target.
     */
    NEAR_PAIRS("class pairs with one of the sources"),
    /** Clean samples of the sources, answered with the target. */
    CLEAN_SOURCES("clean samples of the sources"),
    /**
     * The best of other class pairs with another class in the target's place: the panel's rate on
     * the mark, and by how much that triple is above the panel.
     */
    OTHER_TRIPLES("the best other triple");

    private final String words;

    NullSource(String words) {
      this.words = words;
    }

    /** In words, as in a report. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** Which of the key's choices a suspect really tells from others. */
  public enum KeySecrecy {
    /** Other keys' ways of combining the same pairs score at most half as high. */
    TRIPLE_AND_GEOMETRY("the classes and the way of combining"),
    /** Other keys' ways do about as well: only the committed classes are the secret. */
    TRIPLE_ONLY("the classes only");

    private final String words;

    KeySecrecy(String words) {
      this.words = words;
    }

    /** In words, as in a report. */
    @Override
    public String toString() {
      return words;
    }
  }
}
