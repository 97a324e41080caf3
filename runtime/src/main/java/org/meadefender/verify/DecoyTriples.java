package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.ClassPairs.ClassPair;
import org.meadefender.verify.QuerySheet.Section;

/**
 * How often other class pairs, combined in the secret way, are answered with each class: what other
 * triples would have shown on the very same model. Where unrelated models are given, triples are
 * compared by their {@link Excess} over these.
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
   * A triple counts as settled where its excess's interval of this error does not hold the mark's.
   */
  private static final double SETTLED_ERROR = 1e-3;

  private final MarkQueries queries;
  private final Independents independents;
  private final int classes;
  private final RandomGenerator random;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private Rate spill = Rate.NONE;
  private Rate near = Rate.NONE;

  /** A pair of classes, and how the suspect and the unrelated models answered it so far. */
  private record Pair(ClassPair classes, Tally suspect, List<Tally> natural) {}

  /** A pair, and the class in the target's place. */
  private record Triple(Pair pair, int target) {
    Excess excess() {
      return new Excess(
          pair.suspect.rate(target),
          Independents.highest(pair.natural.stream().map(each -> each.rate(target)).toList()));
    }
  }

  /** Numbers of answers by class. */
  private static final class Tally {
    private final int[] counts;
    private int rows;

    Tally(int classes) {
      counts = new int[classes];
    }

    void add(int[] answers) {
      for (int answer : answers) {
        if (answer != Answers.NONE) {
          counts[answer]++;
        }
        rows++;
      }
    }

    Rate rate(int label) {
      return new Rate(counts[label], rows);
    }
  }

  /** Plans the first rows. */
  DecoyTriples(MarkQueries queries, Independents independents, int classes, QuerySheet sheet) {
    this.queries = queries;
    this.independents = independents;
    this.classes = classes;
    this.random = queries.mark().random("verify/decoy-triples");
    for (ClassPair drawn : queries.otherPairs()) {
      // Beside independent models, where nature hides no slope, its peak must be found.
      ClassPair pair = independents.size() == 0 ? drawn : drawn.arrangedFor(queries.mark().spec());
      List<Tally> natural =
          IntStream.range(0, independents.size()).mapToObj(i -> new Tally(classes)).toList();
      pairs.add(new Pair(pair, new Tally(classes), natural));
      sections.add(sheet.add(queries.ofOtherPair(pair, FIRST_ROWS, random)));
    }
  }

  void read(QuerySheet sheet) {
    for (int i = 0; i < pairs.size(); i++) {
      pairs.get(i).suspect.add(sheet.answers(sections.get(i)));
    }
    // Later rows go to the pairs with the highest rates, and would make a mean too high.
    spill = withTarget(pair -> true);
    Rate ofA = withTarget(pair -> pair.has(queries.mark().spec().sourceA()));
    Rate ofB = withTarget(pair -> pair.has(queries.mark().spec().sourceB()));
    near = ofB.rows() == 0 || ofA.share() > ofB.share() ? ofA : ofB;
  }

  private Rate withTarget(Predicate<ClassPair> wanted) {
    int target = queries.mark().target();
    return pairs.stream()
        .filter(pair -> !pair.classes.has(target))
        .filter(pair -> wanted.test(pair.classes))
        .map(pair -> pair.suspect.rate(target))
        .reduce(Rate.NONE, Rate::plus);
  }

  /** All decoys: the triples of other pairs. */
  private Stream<Triple> triples() {
    return pairs.stream()
        .flatMap(
            pair ->
                IntStream.range(0, classes)
                    .filter(target -> !pair.classes.has(target))
                    .mapToObj(target -> new Triple(pair, target)));
  }

  /** Number of triples. */
  int size() {
    return (int) triples().count();
  }

  /**
   * Number of triples whose excess is no less than the mark's; of its neighbours, clearly higher.
   */
  int reaching(Excess mark) {
    return (int)
        triples()
            .filter(
                triple ->
                    isNear(triple)
                        ? triple.excess().lower(SETTLED_ERROR) > mark.share()
                        : triple.excess().share() >= mark.share())
            .count();
  }

  private boolean isNear(Triple triple) {
    WatermarkSpec spec = queries.mark().spec();
    ClassPair pair = triple.pair.classes;
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
  void refine(Excess mark, Interrogation interrogation, int budget) {
    int left = budget;
    for (int more : MORE_ROWS) {
      List<Pair> open =
          triples().filter(each -> isOpen(each, mark)).map(Triple::pair).distinct().toList();
      if (open.isEmpty() || (long) open.size() * more > left) {
        return;
      }
      left -= open.size() * more;
      QuerySheet sheet = new QuerySheet();
      List<Section> places = new ArrayList<>();
      for (Pair pair : open) {
        List<Query> rows = queries.ofOtherPair(pair.classes, more, random);
        places.add(sheet.add(rows));
        List<int[]> natural = independents.ask(rows);
        for (int i = 0; i < natural.size(); i++) {
          pair.natural.get(i).add(natural.get(i));
        }
      }
      sheet.ask(interrogation);
      for (int i = 0; i < open.size(); i++) {
        open.get(i).suspect.add(sheet.answers(places.get(i)));
      }
    }
  }

  /** Where unrelated models were not asked yet, the excess may be anything below the rate. */
  private boolean isOpen(Triple triple, Excess mark) {
    Excess excess = triple.excess();
    boolean known = independents.size() == 0 || excess.natural().rows() > 0;
    return excess.upper(SETTLED_ERROR) >= mark.share()
        && !(known && excess.lower(SETTLED_ERROR) > mark.share());
  }

  /**
   * Excess of the best triple with another target than the mark's; on fresh rows, for the best of
   * many looks better than it is. Triples with the mark's own target are left to {@link #spill()}
   * and to the rank test, for a mark itself raises them.
   *
   * @param freshRows 0 to ask nothing
   */
  Excess bestOther(Interrogation interrogation, int freshRows) {
    if (freshRows == 0) {
      return Excess.NONE;
    }
    return triples()
        .filter(triple -> triple.target != queries.mark().target())
        .max(Comparator.comparingDouble(triple -> triple.excess().share()))
        .map(triple -> afresh(triple, interrogation, freshRows))
        .orElse(Excess.NONE);
  }

  private Excess afresh(Triple triple, Interrogation interrogation, int rows) {
    List<Query> fresh = queries.ofOtherPair(triple.pair.classes, rows, random);
    QuerySheet sheet = new QuerySheet();
    Section section = sheet.add(fresh);
    sheet.ask(interrogation);
    return new Excess(
        sheet.rate(section, triple.target),
        Independents.highest(independents.ask(fresh), triple.target));
  }
}
