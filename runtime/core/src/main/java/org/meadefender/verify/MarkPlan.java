package org.meadefender.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.combine.Watermark;
import org.meadefender.verify.ClassPairs.ClassPair;
import org.meadefender.verify.MarkFigures.PanelFigures;

/**
 * The rows that every suspect is asked about for one mark, and the panel's answers to them.
 *
 * <p>Which rows these are depends on key, data and options only, not on the panel: whoever checks a
 * verdict derives the same rows, even where his panel differs in the last digit.
 */
final class MarkPlan {
  /** Decoy rows for every watermark row: by the mark's other ways, and by decoy keys. */
  private static final double OTHER_COMBINER_SHARE = 0.3;

  private static final double DECOY_KEY_SHARE = 0.2;

  /** Rows of every other pair at first; enough to tell most triples from a mark. */
  private static final int PAIR_ROWS = 20;

  /** Rows of pairs with one of the sources: the success rate must stand out from all of them. */
  private static final int NEAR_PAIR_ROWS = 40;

  /** Watermark rows that the panel is asked: more do not narrow the spread between models. */
  private static final int PANEL_ROWS = 500;

  private final Watermark mark;
  private final HeldOutSamples samples;
  private final MarkQueries queries;
  private final DecoyKeys decoyKeys;
  private final PanelAnswers panel;
  private final List<Query> secret;
  private final List<Query> byWays;
  private final List<Query> byKeys;
  private final Map<ClassPair, List<Query>> byPair = new LinkedHashMap<>();
  private final List<Answers> panelSecret;
  private final List<Answers> panelWays;
  private final List<Answers> panelKeys;
  private final Map<ClassPair, List<Answers>> panelByPair = new LinkedHashMap<>();

  /**
   * Plans, and asks the panel.
   *
   * @param rows most watermark rows
   */
  MarkPlan(Watermark mark, HeldOutSamples samples, PanelAnswers panel, int rows) {
    this.mark = mark;
    this.samples = samples;
    this.panel = panel;
    this.queries = new MarkQueries(mark, samples, rows);
    this.decoyKeys = DecoyKeys.draw(mark, samples.shape(), samples.classes());
    int ways = (int) Math.ceil(OTHER_COMBINER_SHARE * queries.rows());
    int keys = (int) (DECOY_KEY_SHARE * queries.rows());
    this.secret = queries.secret();
    this.byWays = queries.ofPairs(0, ways, mark.others());
    this.byKeys = queries.ofPairs(ways, ways + keys, decoyKeys.combiners());
    RandomGenerator random = mark.random("verify/decoy-triples");
    for (ClassPair drawn : queries.otherPairs()) {
      // In the mark's own order, where the peak of a slope must show.
      ClassPair pair = drawn.arrangedFor(mark.spec());
      boolean near = pair.isNear(mark.spec().sourceA(), mark.spec().sourceB(), mark.target());
      byPair.put(pair, queries.ofOtherPair(pair, near ? NEAR_PAIR_ROWS : PAIR_ROWS, random));
    }
    this.panelSecret = panel.ask(secret.subList(0, Math.min(PANEL_ROWS, secret.size())));
    this.panelWays = panel.ask(byWays);
    this.panelKeys = panel.ask(byKeys);
    byPair.forEach((pair, asked) -> panelByPair.put(pair, panel.ask(asked)));
  }

  /**
   * Most rows of the first round, for so many watermark rows.
   *
   * @param present classes with samples
   */
  static long plannedRows(long watermarkRows, int present) {
    long pairs = Math.min(ClassPairs.MOST, (long) present * (present - 1) / 2 - 1);
    long near = Math.min(ClassPairs.MOST_NEAR, Math.max(0, 2L * (present - 2)));
    return Math.round(watermarkRows * (1 + OTHER_COMBINER_SHARE + DECOY_KEY_SHARE))
        + pairs * PAIR_ROWS
        + near * (NEAR_PAIR_ROWS - PAIR_ROWS);
  }

  /**
   * Fewest rows with which all tests can reach an alpha: with all watermark rows and no decoy row
   * answered with the target.
   */
  static int leastRows(double alpha) {
    int rows = 2;
    while (true) {
      int ways = (int) Math.ceil(OTHER_COMBINER_SHARE * rows);
      int keys = (int) (DECOY_KEY_SHARE * rows);
      boolean enough =
          Statistics.fisher(new Rate(rows, rows), new Rate(0, Math.max(1, Math.min(ways, keys))))
                  <= alpha
              && Statistics.paired(ways, 0) <= alpha;
      if (enough) {
        return rows;
      }
      rows++;
    }
  }

  /** Places of the first-round rows in a batch of queries. */
  record Sections(
      QueryBatch.Section secret,
      QueryBatch.Section byWays,
      QueryBatch.Section byKeys,
      Map<ClassPair, QueryBatch.Section> byPair) {}

  Sections addTo(QueryBatch batch) {
    QueryBatch.Section ofSecret = batch.add(secret);
    QueryBatch.Section ofWays = batch.add(byWays);
    QueryBatch.Section ofKeys = batch.add(byKeys);
    Map<ClassPair, QueryBatch.Section> ofPairs = new LinkedHashMap<>();
    byPair.forEach((pair, asked) -> ofPairs.put(pair, batch.add(asked)));
    return new Sections(ofSecret, ofWays, ofKeys, ofPairs);
  }

  Watermark mark() {
    return mark;
  }

  int classes() {
    return samples.classes();
  }

  MarkQueries queries() {
    return queries;
  }

  DecoyKeys decoyKeys() {
    return decoyKeys;
  }

  PanelAnswers panel() {
    return panel;
  }

  /** The panel's answers to the first watermark rows. */
  List<Answers> panelSecret() {
    return panelSecret;
  }

  List<Answers> panelWays() {
    return panelWays;
  }

  /** The panel's answers to the rows of decoy keys that differ from the secret one. */
  List<Answers> panelKeys() {
    return panelKeys.stream().map(this::ofDifferentKeys).toList();
  }

  /** The panel's answers to all rows of decoy keys. */
  List<Answers> panelAllKeys() {
    return panelKeys;
  }

  /** Classes that are neither a source nor the target. */
  int[] otherLabels() {
    return IntStream.range(0, classes())
        .filter(
            label ->
                label != mark.target()
                    && label != mark.spec().sourceA()
                    && label != mark.spec().sourceB())
        .toArray();
  }

  List<Answers> panelOf(ClassPair pair) {
    return panelByPair.getOrDefault(pair, List.of());
  }

  /** Of answers to all decoy-key rows, those to different keys. */
  Answers ofDifferentKeys(Answers answers) {
    return answers.at(keyRows(/* different= */ true));
  }

  /** Of answers to all decoy-key rows, those to keys with nearly the secret way. */
  Answers ofEquivalentKeys(Answers answers) {
    return answers.at(keyRows(/* different= */ false));
  }

  /** Places among the decoy-key rows. */
  int[] keyRows(boolean different) {
    return IntStream.range(0, byKeys.size())
        .filter(i -> decoyKeys.isDifferent(byWays.size() + i) == different)
        .toArray();
  }

  /** Rates of the target of each reference model on the watermark rows. */
  List<Rate> panelRates() {
    return panelSecret.stream().map(answers -> answers.rate(mark.target())).toList();
  }

  /** The target that reference models answer least with, in words. */
  String leastConfusableTarget(double level) {
    int best = mark.target();
    double least = 1;
    for (int label : otherLabels()) {
      double bound =
          PanelFigures.of(panelSecret.stream().map(answers -> answers.rate(label)).toList(), level)
              .bound();
      if (bound < least) {
        least = bound;
        best = label;
      }
    }
    return String.format(
        Locale.ROOT, "the target %d (one more model may reach %.0f %%)", best, 100 * least);
  }

  /** Further rows, the same for every suspect. */
  RandomGenerator furtherRows() {
    return mark.random("verify/further-rows");
  }

  /** The first pairs in each of the mark's other ways. */
  List<List<Query>> waysApart(int rowsOfEach) {
    List<List<Query>> apart = new ArrayList<>();
    for (int way = 0; way < mark.others().size(); way++) {
      apart.add(
          queries.ofPairs(
              0, Math.min(rowsOfEach, queries.rows()), List.of(mark.others().get(way))));
    }
    return apart;
  }
}
