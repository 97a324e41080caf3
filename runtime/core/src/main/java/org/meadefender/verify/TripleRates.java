package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.ClassPairs.ClassPair;

/**
 * How other class pairs, combined in the secret way, are answered by a suspect and by the panel:
 * what other triples would have shown on the very same model.
 *
 * <p>A mark also raises the triples that share its target and one of its sources, up to its own
 * rate where a copy has blurred it. They are its neighbours: a mark is the peak of its
 * neighbourhood, and whoever claims a slope profits from somebody else's mark.
 */
final class TripleRates {
  private final WatermarkSpec spec;
  private final int target;
  private final int classes;
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * A pair of classes, and how it was answered.
   *
   * @param suspect all answers so far
   * @param panel the same of each reference model
   * @param suspectAtFirst the suspect's answers to the first rows: later ones go to pairs with high
   *     rates
   * @param panelAtFirst the panel's answers to these
   */
  private record Pair(
      ClassPair classes,
      ClassTally suspect,
      List<ClassTally> panel,
      ClassTally suspectAtFirst,
      List<ClassTally> panelAtFirst) {}

  /** A pair, and the class in the target's place. */
  record Triple(Pair pair, int target) {
    ClassPair classes() {
      return pair.classes;
    }

    /** How often the suspect answers with the target, on all rows so far. */
    Rate rate() {
      return pair.suspect.rate(target);
    }

    /** That rate, less the highest of the panel; see {@link RateDifference}. */
    RateDifference difference() {
      return new RateDifference(
          rate(),
          RateDifference.highest(pair.panel.stream().map(each -> each.rate(target)).toList()));
    }

    /** The suspect's mean log-probability of the target on the first rows. */
    double logProbability() {
      return pair.suspectAtFirst.meanLogProbability(target);
    }

    /** Lower end of its interval. */
    double leastLogProbability(double errorRate) {
      return pair.suspectAtFirst.leastLogProbability(target, errorRate);
    }

    /** The mean of each reference model. */
    double[] panelLogProbabilities() {
      return pair.panelAtFirst.stream()
          .mapToDouble(tally -> tally.meanLogProbability(target))
          .toArray();
    }
  }

  TripleRates(WatermarkSpec spec, int target, int classes) {
    this.spec = spec;
    this.target = target;
    this.classes = classes;
  }

  /** Adds a pair with the answers to its first rows. */
  void add(ClassPair pair, Answers suspect, List<Answers> panel, double floor) {
    pairs.add(
        new Pair(
            pair,
            ClassTally.of(suspect, floor),
            panel.stream().map(answers -> ClassTally.of(answers, floor)).toList(),
            ClassTally.of(suspect, floor),
            panel.stream().map(answers -> ClassTally.of(answers, floor)).toList()));
  }

  /** Adds a suspect's answers to further rows of a pair. */
  void addMore(ClassPair pair, Answers suspect, double floor) {
    known(pair).suspect.add(suspect, floor);
  }

  /** Adds the panel's answers to further rows of a pair. */
  void addMoreOfPanel(ClassPair pair, List<Answers> panel, double floor) {
    List<ClassTally> tallies = known(pair).panel;
    for (int i = 0; i < panel.size(); i++) {
      tallies.get(i).add(panel.get(i), floor);
    }
  }

  private Pair known(ClassPair pair) {
    return pairs.stream().filter(each -> each.classes.equals(pair)).findFirst().orElseThrow();
  }

  /** All decoys: the triples of other pairs. */
  Stream<Triple> triples() {
    return pairs.stream()
        .flatMap(
            pair ->
                IntStream.range(0, classes)
                    .filter(label -> !pair.classes.has(label))
                    .mapToObj(label -> new Triple(pair, label)));
  }

  /** Whether a triple shares the target and a source with the mark. */
  boolean isNear(Triple triple) {
    return triple.target == target
        && (triple.classes().has(spec.sourceA()) || triple.classes().has(spec.sourceB()));
  }

  /** Pairs of which a triple fits. */
  List<ClassPair> pairsOf(Predicate<Triple> wanted) {
    return triples().filter(wanted).map(Triple::classes).distinct().toList();
  }

  /** All other pairs without the mark's target, answered with it. */
  Rate spill() {
    return withTarget(pair -> true);
  }

  /** Pairs with one of the mark's sources, answered with its target; the source with more. */
  Rate near() {
    Rate ofA = withTarget(pair -> pair.has(spec.sourceA()));
    Rate ofB = withTarget(pair -> pair.has(spec.sourceB()));
    return ofB.rows() == 0 || ofA.share() > ofB.share() ? ofA : ofB;
  }

  private Rate withTarget(Predicate<ClassPair> wanted) {
    return pairs.stream()
        .filter(pair -> !pair.classes.has(target))
        .filter(pair -> wanted.test(pair.classes))
        .map(pair -> pair.suspectAtFirst.rate(target))
        .reduce(Rate.NONE, Rate::plus);
  }

  /**
   * The best triples with another target than the mark's, each of another pair, the highest rates
   * first. Triples with the mark's own target are left to {@link #spill()} and to the rank test,
   * for a mark itself raises them.
   */
  List<Triple> bestOthers(int most) {
    Map<ClassPair, Triple> best = new LinkedHashMap<>();
    triples()
        .filter(triple -> triple.target != target)
        .sorted(Comparator.comparingDouble(triple -> -triple.rate().share()))
        .forEach(triple -> best.putIfAbsent(triple.classes(), triple));
    return best.values().stream().limit(most).toList();
  }
}
