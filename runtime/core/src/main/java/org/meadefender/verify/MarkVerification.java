package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.interval.Interval;
import org.meadefender.combine.Watermark;
import org.meadefender.verify.MarkFigures.NullSource;
import org.meadefender.verify.MarkFigures.PanelFigures;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.MarkFigures.Recognition;
import org.meadefender.verify.TripleRates.Triple;

/** The tests of one mark on one suspect: reads the answers, and asks what they leave open. */
final class MarkVerification {
  /** Fresh rows on each of the best other triples, for every watermark row. */
  private static final double FRESH_SHARE = 0.15;

  private static final int FRESH_TRIPLES = 3;

  /** Rows of each of the mark's other ways, where one of them may be better. */
  private static final int WAY_ROWS = 64;

  /** Fewer rows exclude nothing. */
  private static final int LEAST_WAY_ROWS = 16;

  /** A rate is settled where its interval of this error does not hold the mark's. */
  private static final double SETTLED_ERROR = 1e-3;

  /** Below this success rate no further rows are asked: the top class shows nothing. */
  private static final double PROMISING = 0.1;

  /** Nor are they above this p-value, which they can only raise. */
  private static final double PROMISING_P = 0.05;

  private static final double INTERVAL_ERROR = 0.05;

  private final MarkPlan plan;
  private final VerificationOptions options;
  private final Function<List<Query>, Answers> suspect;
  private final Answers secret;
  private final Answers byWays;
  private final Answers byKeys;
  private final double floor;
  private final TripleRates triples;
  private final Watermark mark;
  private final Rate watermark;

  /**
   * Reads the answers of the first round.
   *
   * @param answers to the whole batch, in the held-out data's class order
   * @param suspect answers further rows
   * @param floor of log-probabilities
   */
  MarkVerification(
      MarkPlan plan,
      VerificationOptions options,
      MarkPlan.Sections sections,
      Answers answers,
      Function<List<Query>, Answers> suspect,
      double floor) {
    this.plan = plan;
    this.options = options;
    this.suspect = suspect;
    this.floor = floor;
    this.mark = plan.mark();
    this.secret = sections.secret().of(answers);
    this.byWays = sections.byWays().of(answers);
    this.byKeys = sections.byKeys().of(answers);
    this.watermark = secret.rate(mark.target());
    this.triples = new TripleRates(mark.spec(), mark.target(), plan.classes());
    sections
        .byPair()
        .forEach((pair, place) -> triples.add(pair, place.of(answers), plan.panelOf(pair), floor));
  }

  /**
   * Tests.
   *
   * @param budget most further queries
   */
  MarkFigures run(Recognition recognition, int budget) {
    int effective = plan.queries().effectiveSize(watermark.rows());
    Rate scaled = watermark.scaledTo(effective);
    RateDifference difference = markDifference();
    NullTests nulls = new NullTests(scaled);
    Rate otherWays = byWays.rate(mark.target());
    Rate otherKeys = plan.ofDifferentKeys(byKeys).rate(mark.target());
    nulls.besides(NullSource.OTHER_COMBINERS, effective(otherWays));
    nulls.besides(NullSource.DECOY_KEYS, effective(otherKeys));
    nulls.besides(NullSource.OTHER_PAIRS, triples.spill());
    nulls.besides(NullSource.NEAR_PAIRS, triples.near());
    nulls.besides(NullSource.CLEAN_SOURCES, recognition.sourcesAsTarget());
    double paired = pairedTest();
    // Before the panel counts: what is asked depends on the suspect's answers only.
    boolean promising = isPromising(Math.max(nulls.decisive().pValue(), paired));
    int ways = promising ? Math.min(WAY_ROWS, budget / 2 / mark.others().size()) : 0;
    int left = budget - ways * mark.others().size();
    int fresh =
        promising ? Math.min(left / 2 / FRESH_TRIPLES, (int) (FRESH_SHARE * watermark.rows())) : 0;
    RandomGenerator random = plan.furtherRows();
    if (promising) {
      new TripleRefinement(plan, triples, suspect, floor, difference)
          .run(random, left - fresh * FRESH_TRIPLES);
    }
    FurtherRates further = further(random, fresh, ways);
    List<RateDifference> bestOthers = further.bestOthers();
    // Where the budget does not allow to exclude better ways, one counts.
    int betterWays = promising && ways < LEAST_WAY_ROWS ? 1 : further.betterWays();
    PanelFigures panel = PanelFigures.of(plan.panelRates(), options.modelAlpha());
    if (plan.panel().panel().isSufficient()) {
      nulls.atRate(NullSource.PANEL, panel.bound());
    } else {
      nulls.atRate(NullSource.CEILING, options.nullCeiling());
      nulls.atUpperBound(NullSource.REFERENCE_MODELS, difference.reference());
    }
    // What the mark would show, were it as far above the panel as the best other triple.
    bestOthers.forEach(
        other ->
            nulls.atRate(
                NullSource.OTHER_TRIPLES,
                difference.referenceShare() + upper(other.suspect()) - other.referenceShare()));
    Interval interval = Statistics.interval(scaled, INTERVAL_ERROR);
    NullTests.NullTest decisive = nulls.decisive();
    return new MarkFigures(
        mark.spec(),
        watermark,
        interval.getLowerBound(),
        interval.getUpperBound(),
        effective,
        recognition,
        new MarkFigures.DecoyRates(
            otherWays,
            otherKeys,
            plan.ofEquivalentKeys(byKeys).rate(mark.target()),
            (double) plan.decoyKeys().equivalent() / plan.decoyKeys().combiners().size(),
            triples.spill(),
            triples.near(),
            bestOthers.stream()
                .map(RateDifference::suspect)
                .max(Comparator.comparingDouble(Rate::share))
                .orElse(Rate.NONE)),
        panel,
        decisive.rate(),
        decisive.source(),
        decisive.pValue(),
        paired,
        rank(difference, betterWays),
        probabilities());
  }

  /** Whether the top class may show the mark, after the tests that need no further rows. */
  private boolean isPromising(double pValue) {
    return watermark.rows() > 0
        && watermark.share() >= PROMISING
        && pValue <= PROMISING_P
        && triples
            .triples()
            .filter(triple -> !triples.isNear(triple))
            .noneMatch(
                triple ->
                    Statistics.interval(triple.rate(), SETTLED_ERROR).getLowerBound()
                        > watermark.share());
  }

  private RateDifference markDifference() {
    return new RateDifference(watermark, RateDifference.highest(plan.panelRates()));
  }

  private FurtherRates further(RandomGenerator random, int freshRows, int wayRows) {
    List<Triple> best = freshRows == 0 ? List.of() : triples.bestOthers(FRESH_TRIPLES);
    List<List<Query>> fresh =
        best.stream()
            .map(triple -> plan.queries().ofOtherPair(triple.classes(), freshRows, random))
            .toList();
    List<List<Query>> byWay = wayRows == 0 ? List.of() : plan.waysApart(wayRows);
    QueryBatch batch = new QueryBatch();
    List<QueryBatch.Section> ofFresh = fresh.stream().map(batch::add).toList();
    List<QueryBatch.Section> ofWays = byWay.stream().map(batch::add).toList();
    if (batch.queries().isEmpty()) {
      return new FurtherRates(List.of(), 0);
    }
    Answers answers = suspect.apply(batch.queries());
    List<RateDifference> bestOthers = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      int label = best.get(i).target();
      bestOthers.add(
          new RateDifference(
              ofFresh.get(i).of(answers).rate(label),
              RateDifference.highest(
                  plan.panel().ask(fresh.get(i)).stream().map(each -> each.rate(label)).toList())));
    }
    long better =
        ofWays.stream()
            .map(section -> section.of(answers).rate(mark.target()))
            .filter(
                rate ->
                    Statistics.interval(rate, SETTLED_ERROR).getLowerBound() > watermark.share())
            .count();
    return new FurtherRates(bestOthers, (int) better);
  }

  /** Rows on the same pairs count as many times as there are distinct samples. */
  private Rate effective(Rate rate) {
    return rate.scaledTo(plan.queries().effectiveSize(rate.rows()));
  }

  private static double upper(Rate rate) {
    return Statistics.interval(rate, SETTLED_ERROR).getUpperBound();
  }

  /** Secret way against decoy ways on the same pairs, scaled to the independent ones. */
  private double pairedTest() {
    int favourable = 0;
    int adverse = 0;
    Answers decoys = Answers.join(List.of(byWays, byKeys));
    int[] pairs = comparedPairs();
    for (int i : pairs) {
      boolean inSecret = secret.top(i) == mark.target();
      boolean inDecoy = decoys.top(i) == mark.target();
      favourable += inSecret && !inDecoy ? 1 : 0;
      adverse += inDecoy && !inSecret ? 1 : 0;
    }
    return Statistics.paired(favourable, adverse, pairs.length, effectivePairs(pairs.length));
  }

  /** The pairs of samples whose decoy way or key differs from the secret one. */
  private int[] comparedPairs() {
    return java.util.stream.IntStream.concat(
            java.util.stream.IntStream.range(0, byWays.rows()),
            java.util.Arrays.stream(plan.keyRows(/* different= */ true))
                .map(i -> byWays.rows() + i))
        .toArray();
  }

  private int effectivePairs(int pairs) {
    return plan.queries().effectiveSize(pairs);
  }

  private MarkFigures.Rank rank(RateDifference difference, int betterWays) {
    int decoys = (int) triples.triples().count();
    int reaching = betterWays;
    reaching +=
        (int)
            triples
                .triples()
                .filter(
                    triple ->
                        triples.isNear(triple)
                            ? triple.difference().isClearlyAbove(difference, SETTLED_ERROR)
                            : triple.difference().share() >= difference.share())
                .count();
    for (int label : plan.otherLabels()) {
      RateDifference other =
          new RateDifference(
              secret.rate(label),
              RateDifference.highest(
                  plan.panelSecret().stream().map(answers -> answers.rate(label)).toList()));
      decoys++;
      reaching += other.share() >= difference.share() ? 1 : 0;
    }
    return MarkFigures.Rank.of(decoys, reaching);
  }

  private Optional<ProbabilityFigures> probabilities() {
    return plan.panel().panel().isSufficient() && secret.soft()
        ? new ProbabilityVerification(plan, triples, secret, byWays, byKeys, comparedPairs(), floor)
            .run()
        : Optional.empty();
  }
}
