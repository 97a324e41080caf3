package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.interval.Interval;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.ClassPairs.ClassPair;
import org.meadefender.verify.QuerySheet.Section;

/**
 * How often other class pairs, combined in the secret way, are answered with each class: what other
 * triples would have shown on the very same model.
 *
 * <p>A mark also raises the triples that share its target and one of its sources, up to its own
 * rate where a copy has blurred it. So they count in the rank test only where they are clearly
 * better: a mark is the peak of its neighbourhood, and whoever claims a slope profits from somebody
 * else's mark. In the binomial test they count by their mean, source by source.
 */
final class DecoyTriples {
  /** Rows of every pair at first; enough to tell most triples from a mark. */
  static final int FIRST_ROWS = 12;

  /** Rows added to pairs that are still too close to the mark, round by round. */
  private static final int[] MORE_ROWS = {20, 32, 64, 128};

  /**
   * A triple counts as settled where its rate's interval of this error does not hold the mark's.
   */
  private static final double SETTLED_ERROR = 1e-3;

  private final MarkQueries queries;
  private final int classes;
  private final RandomGenerator random;
  private final int[][] counts;
  private final int[] rows;
  private Rate spill = Rate.NONE;
  private Rate near = Rate.NONE;
  private final List<Section> sections = new ArrayList<>();

  /** A pair's place, and the class in the target's place. */
  private record Triple(int pair, int target) {}

  DecoyTriples(MarkQueries queries, int classes, QuerySheet sheet) {
    this.queries = queries;
    this.classes = classes;
    this.random = queries.mark().random("verify/decoy-triples");
    this.counts = new int[queries.otherPairs().size()][classes];
    this.rows = new int[counts.length];
    for (ClassPair pair : queries.otherPairs()) {
      sections.add(sheet.add(queries.ofOtherPair(pair, FIRST_ROWS, random)));
    }
  }

  void read(QuerySheet sheet) {
    for (int pair = 0; pair < counts.length; pair++) {
      count(pair, sheet.answers(sections.get(pair)));
    }
    // Later rows go to the pairs with the highest rates, and would make a mean too high.
    spill = withTarget(pair -> true);
    Rate ofA = withTarget(pair -> pair.has(queries.mark().spec().sourceA()));
    Rate ofB = withTarget(pair -> pair.has(queries.mark().spec().sourceB()));
    near = ofB.rows() == 0 || ofA.share() > ofB.share() ? ofA : ofB;
  }

  private Rate withTarget(Predicate<ClassPair> wanted) {
    int target = queries.mark().target();
    return IntStream.range(0, counts.length)
        .filter(pair -> !queries.otherPairs().get(pair).has(target))
        .filter(pair -> wanted.test(queries.otherPairs().get(pair)))
        .mapToObj(pair -> new Rate(counts[pair][target], rows[pair]))
        .reduce(Rate.NONE, Rate::plus);
  }

  private void count(int pair, int[] answers) {
    for (int answer : answers) {
      if (answer != Answers.NONE) {
        counts[pair][answer]++;
      }
      rows[pair]++;
    }
  }

  /** All decoys: the triples of other pairs. */
  private Stream<Triple> triples() {
    return IntStream.range(0, counts.length)
        .boxed()
        .flatMap(
            pair ->
                IntStream.range(0, classes)
                    .filter(target -> !queries.otherPairs().get(pair).has(target))
                    .mapToObj(target -> new Triple(pair, target)));
  }

  private Rate rate(Triple triple) {
    return new Rate(counts[triple.pair][triple.target], rows[triple.pair]);
  }

  /** Number of triples. */
  int size() {
    return (int) triples().count();
  }

  /** Number of triples whose rate is no less than the mark's; of its neighbours, clearly higher. */
  int reaching(Rate mark) {
    return (int)
        triples()
            .filter(
                triple ->
                    isNear(triple)
                        ? settled(rate(triple)).getLowerBound() > mark.share()
                        : rate(triple).share() >= mark.share())
            .count();
  }

  private boolean isNear(Triple triple) {
    ClassPair pair = queries.otherPairs().get(triple.pair);
    WatermarkSpec spec = queries.mark().spec();
    return triple.target == queries.mark().target()
        && (pair.has(spec.sourceA()) || pair.has(spec.sourceB()));
  }

  /** All other pairs without the mark's target, answered with it. */
  Rate spill() {
    return spill;
  }

  /** Pairs with one of the mark's sources, answered with its target; the source with more. */
  Rate near() {
    return near;
  }

  /** Asks more about triples of which it is open whether they reach the mark. */
  void refine(Rate mark, Interrogation interrogation, int budget) {
    int left = budget;
    for (int more : MORE_ROWS) {
      int[] open =
          triples()
              .filter(triple -> isOpen(rate(triple), mark))
              .mapToInt(Triple::pair)
              .distinct()
              .toArray();
      if (open.length == 0 || (long) open.length * more > left) {
        return;
      }
      left -= open.length * more;
      QuerySheet sheet = new QuerySheet();
      List<Section> places =
          Arrays.stream(open)
              .mapToObj(
                  pair ->
                      sheet.add(queries.ofOtherPair(queries.otherPairs().get(pair), more, random)))
              .toList();
      sheet.ask(interrogation);
      for (int i = 0; i < open.length; i++) {
        count(open[i], sheet.answers(places.get(i)));
      }
    }
  }

  private static boolean isOpen(Rate triple, Rate mark) {
    Interval interval = settled(triple);
    return interval.getLowerBound() <= mark.share() && mark.share() <= interval.getUpperBound();
  }

  private static Interval settled(Rate triple) {
    return Statistics.interval(triple, SETTLED_ERROR);
  }

  /**
   * Rate of the best triple with another target than the mark's; on fresh rows, for the best of
   * many looks better than it is. Triples with the mark's own target are left to {@link #spill()}
   * and to the rank test, for a mark itself raises them.
   */
  Rate bestOther(Interrogation interrogation, int freshRows) {
    Optional<Triple> best =
        triples()
            .filter(triple -> triple.target != queries.mark().target())
            .max(Comparator.comparingDouble(triple -> rate(triple).share()));
    if (best.isEmpty() || freshRows == 0) {
      return Rate.NONE;
    }
    Triple triple = best.get();
    QuerySheet sheet = new QuerySheet();
    ClassPair pair = queries.otherPairs().get(triple.pair);
    Section section = sheet.add(queries.ofOtherPair(pair, freshRows, random));
    sheet.ask(interrogation);
    return sheet.rate(section, triple.target);
  }
}
