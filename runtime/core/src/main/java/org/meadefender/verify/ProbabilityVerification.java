package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.TripleRates.Triple;

/**
 * Tests a mark by the log-probabilities of its target. A copy that was cleaned may not answer with
 * the target any more, and still hold it for likelier than unrelated models do.
 *
 * <p>The excess of a triple is its mean log-probability on the suspect, less the mean over the
 * panel, in units of the spread between the panel's models. The statistic is that excess,
 * standardised by the excesses of unrelated triples on the same suspect: what that does to all
 * classes alike, as by a temperature, does not count.
 *
 * <p>Each model of the panel plays the suspect in turn. The statistics of one triple spread over
 * models alike for all triples, so that their spread is estimated from all of them. The p-value is
 * that of a t distribution with this spread and with the kurtosis of unrelated triples: it is
 * modelled, not exact. The rank among triples needs no model.
 */
final class ProbabilityVerification {
  /** Fewer unrelated triples give no distribution. */
  private static final int LEAST_TRIPLES = 20;

  /**
   * Added to the spread between models, in units of log-probability: where the whole panel is near
   * the floor, its own spread is too small to rely on.
   */
  private static final double SPREAD_OFFSET = 1;

  /**
   * Least deviation of excesses over triples: where coarse answers hold nearly all triples at the
   * floor, the observed one is too small to rely on.
   */
  private static final double LEAST_DEVIATION = 0.1;

  /** A neighbour is above the mark where its interval of this error is. */
  private static final double SETTLED_ERROR = 1e-3;

  /** The statistic is standardised over triples, so that its deviation is 1. */
  private static final double LEAST_SPREAD = 1;

  private final MarkPlan plan;
  private final TripleRates triples;
  private final Answers secret;
  private final Answers byWays;
  private final Answers byKeys;
  private final int[] comparedPairs;
  private final double floor;
  private final int target;

  ProbabilityVerification(
      MarkPlan plan,
      TripleRates triples,
      Answers secret,
      Answers byWays,
      Answers byKeys,
      int[] comparedPairs,
      double floor) {
    this.plan = plan;
    this.triples = triples;
    this.secret = secret;
    this.byWays = byWays;
    this.byKeys = byKeys;
    this.comparedPairs = comparedPairs;
    this.floor = floor;
    this.target = plan.mark().target();
  }

  /** Mean log-probabilities of one candidate: the suspect's, and those of the reference models. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Candidate(double suspect, double[] panel) {
    double excess() {
      return excess(suspect, panel);
    }

    /** The same where a reference model plays the suspect, beside the others. */
    double excessOf(int model) {
      double[] others =
          IntStream.range(0, panel.length)
              .filter(i -> i != model)
              .mapToDouble(i -> panel[i])
              .toArray();
      return excess(panel[model], others);
    }

    private static double excess(double one, double[] others) {
      return (one - Statistics.mean(others))
          / Math.hypot(Statistics.deviation(others), SPREAD_OFFSET);
    }

    double aboveMean() {
      return suspect - Statistics.mean(panel);
    }

    double highestOfPanel() {
      return Arrays.stream(panel).max().orElse(Double.NaN);
    }
  }

  /** Mean and deviation of the excesses of unrelated triples on one model. */
  private record Scale(double mean, double deviation) {
    static Scale of(double[] excesses) {
      return new Scale(
          Statistics.mean(excesses), Math.max(LEAST_DEVIATION, Statistics.deviation(excesses)));
    }

    double of(double excess) {
      return (excess - mean) / deviation;
    }

    double[] ofAll(double[] excesses) {
      return Arrays.stream(excesses).map(this::of).toArray();
    }
  }

  /** The figures; empty if there are too few other triples. */
  Optional<ProbabilityFigures> run() {
    Candidate mark = candidate(secret, plan.panelSecret(), target);
    List<Triple> near = new ArrayList<>();
    List<Candidate> unrelated = new ArrayList<>();
    triples
        .triples()
        .forEach(
            triple -> {
              if (triples.isNear(triple)) {
                near.add(triple);
              } else {
                unrelated.add(candidate(triple));
              }
            });
    for (int label : plan.otherLabels()) {
      unrelated.add(candidate(secret, plan.panelSecret(), label));
    }
    if (unrelated.size() < LEAST_TRIPLES) {
      return Optional.empty();
    }
    double[] excesses = unrelated.stream().mapToDouble(Candidate::excess).toArray();
    Scale scale = Scale.of(excesses);
    double statistic = scale.of(mark.excess());
    int models = plan.panel().size();
    double[] ofModels = new double[models];
    double[][] ofTriples = new double[models][];
    for (int i = 0; i < models; i++) {
      int model = i;
      double[] all = unrelated.stream().mapToDouble(each -> each.excessOf(model)).toArray();
      Scale ofModel = Scale.of(all);
      ofModels[i] = ofModel.of(mark.excessOf(model));
      ofTriples[i] = ofModel.ofAll(all);
    }
    double[] pooled = Arrays.stream(ofTriples).flatMapToDouble(Arrays::stream).toArray();
    double spread =
        Math.max(
            Math.max(LEAST_SPREAD, Statistics.deviation(ofModels)), spreadOverModels(ofTriples));
    double degrees =
        Statistics.degreesOfFreedom(
            Math.max(Statistics.kurtosis(excesses), Statistics.kurtosis(pooled)));
    double modelled = Statistics.predictionPValue(ofModels, statistic, spread, degrees);
    long reached = Arrays.stream(pooled).filter(each -> each >= statistic).count();
    double observed = reached == 0 ? 0 : (1.0 + reached) / (1.0 + pooled.length);
    return Optional.of(
        new ProbabilityFigures(
            mark.suspect,
            mark.highestOfPanel(),
            statistic,
            Arrays.stream(pooled).max().orElseThrow(),
            spread,
            degrees,
            Math.max(modelled, observed),
            pairedTest(),
            rank(mark, near, unrelated)));
  }

  /** Standard deviation over models, pooled over triples. */
  private static double spreadOverModels(double[][] ofTriples) {
    double variance =
        IntStream.range(0, ofTriples[0].length)
            .mapToDouble(
                triple ->
                    Statistics.deviation(
                        Arrays.stream(ofTriples).mapToDouble(model -> model[triple]).toArray()))
            .map(deviation -> deviation * deviation)
            .average()
            .orElseThrow();
    return Math.sqrt(variance);
  }

  private MarkFigures.Rank rank(Candidate mark, List<Triple> near, List<Candidate> unrelated) {
    List<Candidate> others = new ArrayList<>(unrelated);
    others.add(candidate(byWays, plan.panelWays(), target));
    Answers keys = plan.ofDifferentKeys(byKeys);
    if (keys.rows() > 0) {
      others.add(candidate(keys, plan.panelKeys(), target));
    }
    long reaching =
        others.stream().filter(each -> each.excess() >= mark.excess()).count()
            + near.stream().filter(each -> isClearlyAbove(each, mark)).count();
    return MarkFigures.Rank.of(others.size() + near.size(), (int) reaching);
  }

  /**
   * Whether a neighbour is the peak, and the mark its slope: above the mark on the suspect, and by
   * more above the panel, more than the few rows of the neighbour explain.
   */
  private static boolean isClearlyAbove(Triple neighbour, Candidate mark) {
    Candidate other = candidate(neighbour);
    double least = neighbour.leastLogProbability(SETTLED_ERROR);
    return other.excess() >= mark.excess()
        && least > mark.suspect
        && least - Statistics.mean(other.panel) > mark.aboveMean();
  }

  private static Candidate candidate(Triple triple) {
    return new Candidate(triple.logProbability(), triple.panelLogProbabilities());
  }

  private Candidate candidate(Answers suspect, List<Answers> panel, int label) {
    return new Candidate(
        suspect.meanLogProbability(label, floor),
        panel.stream().mapToDouble(each -> each.meanLogProbability(label, floor)).toArray());
  }

  private double pairedTest() {
    Answers decoys = Answers.join(List.of(byWays, byKeys));
    List<Answers> panelDecoys = new ArrayList<>();
    for (int i = 0; i < plan.panel().size(); i++) {
      panelDecoys.add(Answers.join(List.of(plan.panelWays().get(i), plan.panelAllKeys().get(i))));
    }
    int favourable = 0;
    int adverse = 0;
    int compared = 0;
    for (int pair : comparedPairs) {
      if (pair >= plan.panelSecret().get(0).rows()) {
        continue;
      }
      double difference =
          excess(secret, plan.panelSecret(), pair) - excess(decoys, panelDecoys, pair);
      favourable += difference > 0 ? 1 : 0;
      adverse += difference < 0 ? 1 : 0;
      compared++;
    }
    return Statistics.paired(favourable, adverse, compared, plan.queries().effectiveSize(compared));
  }

  private double excess(Answers suspect, List<Answers> panel, int row) {
    double[] ofPanel =
        panel.stream().mapToDouble(each -> each.logProbability(row, target, floor)).toArray();
    return suspect.logProbability(row, target, floor) - Statistics.mean(ofPanel);
  }
}
