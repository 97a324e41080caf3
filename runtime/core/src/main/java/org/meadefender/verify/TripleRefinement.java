package org.meadefender.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.interval.Interval;
import org.meadefender.verify.ClassPairs.ClassPair;
import org.meadefender.verify.TripleRates.Triple;

/** Asks more about other class pairs, as long as it is open whether they reach the mark. */
final class TripleRefinement {
  /** Rows added to pairs that are still too close to the mark, round by round. */
  private static final int[] MORE_ROWS = {20, 32, 64, 128};

  /** A rate is settled where its interval of this error does not hold the mark's. */
  private static final double SETTLED_ERROR = 1e-3;

  private final MarkPlan plan;
  private final TripleRates triples;
  private final Function<List<Query>, Answers> suspect;
  private final double floor;
  private final RateDifference mark;

  /**
   * Prepares.
   *
   * @param triples known from a first round; more is added to them
   * @param floor of log-probabilities
   * @param mark how often the mark's rows are answered with its target
   */
  TripleRefinement(
      MarkPlan plan,
      TripleRates triples,
      Function<List<Query>, Answers> suspect,
      double floor,
      RateDifference mark) {
    this.plan = plan;
    this.triples = triples;
    this.suspect = suspect;
    this.floor = floor;
    this.mark = mark;
  }

  /**
   * Asks.
   *
   * @param budget most rows
   */
  void run(RandomGenerator random, int budget) {
    int left = budget;
    Map<ClassPair, List<Query>> asked = new LinkedHashMap<>();
    for (int more : MORE_ROWS) {
      List<ClassPair> open = triples.pairsOf(this::isOpen);
      if (open.isEmpty() || (long) open.size() * more > left) {
        break;
      }
      left -= open.size() * more;
      QueryBatch batch = new QueryBatch();
      Map<ClassPair, QueryBatch.Section> places = new LinkedHashMap<>();
      for (ClassPair pair : open) {
        List<Query> rows = plan.queries().ofOtherPair(pair, more, random);
        asked.computeIfAbsent(pair, each -> new ArrayList<>()).addAll(rows);
        places.put(pair, batch.add(rows));
      }
      Answers answers = suspect.apply(batch.queries());
      places.forEach((pair, place) -> triples.addMore(pair, place.of(answers), floor));
    }
    // What the panel answers matters where the suspect's rate alone reaches the mark.
    triples.pairsOf(triple -> triple.rate().share() >= mark.share()).stream()
        .filter(asked::containsKey)
        .forEach(
            pair ->
                triples.addMoreOfPanel(
                    pair, plan.panel().ask(Objects.requireNonNull(asked.get(pair))), floor));
  }

  private boolean isOpen(Triple triple) {
    double share = mark.suspect().share();
    Interval interval = Statistics.interval(triple.rate(), SETTLED_ERROR);
    return interval.getUpperBound() >= share && interval.getLowerBound() <= share;
  }
}
