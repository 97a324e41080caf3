package org.meadefender.verify;

import java.util.List;
import org.apache.commons.statistics.interval.Interval;
import org.meadefender.combine.Watermark;
import org.meadefender.verify.QuerySheet.Section;

/** The trial of a suspect for one mark: which rows to ask, and what the answers say. */
final class MarkTrial {
  /** Decoy rows for every watermark row: by the mark's other ways, and by decoy keys. */
  private static final double OTHER_COMBINER_SHARE = 0.3;

  private static final double DECOY_KEY_SHARE = 0.2;

  /** Fresh rows on the best other triple, for every watermark row. */
  private static final double FRESH_SHARE = 0.15;

  /** Least null rate beside independent models; see {@link NullSource#MAJORITY}. */
  private static final double MAJORITY = 0.5;

  /** Rows of each of the mark's other ways, where one of them may be better. */
  private static final int WAY_ROWS = 64;

  /** A way is better where its rate's interval of this error is above the secret way's rate. */
  private static final double WAY_ERROR = 1e-3;

  private static final double INTERVAL_ERROR = 0.05;

  private final Watermark mark;
  private final HeldOutSamples samples;
  private final VerificationOptions options;
  private final MarkQueries queries;
  private final DecoyKeys decoyKeys;
  private final Section secret;
  private final Section otherWays;
  private final Section otherKeys;
  private final Independents independents;
  private final DecoyTriples triples;

  MarkTrial(
      Watermark mark,
      HeldOutSamples samples,
      VerificationOptions options,
      int rows,
      QuerySheet sheet) {
    this.mark = mark;
    this.samples = samples;
    this.options = options;
    this.queries = new MarkQueries(mark, samples, rows);
    this.decoyKeys = DecoyKeys.draw(mark, samples.shape(), samples.classes());
    int byOtherWays = (int) Math.ceil(OTHER_COMBINER_SHARE * queries.rows());
    int byOtherKeys = (int) (DECOY_KEY_SHARE * queries.rows());
    this.secret = sheet.add(queries.secret());
    this.otherWays = sheet.add(queries.ofPairs(0, byOtherWays, mark.others()));
    this.otherKeys =
        sheet.add(queries.ofPairs(byOtherWays, byOtherWays + byOtherKeys, decoyKeys.combiners()));
    this.independents =
        new Independents(
            options.independents(),
            samples,
            options.batch(),
            () -> mark.random("verify/independent"));
    this.triples = new DecoyTriples(queries, independents, samples.classes(), sheet);
  }

  /** Rows of the first round, for so many watermark rows. */
  static long plannedRows(long watermarkRows, int otherPairs) {
    return Math.round(watermarkRows * (1 + OTHER_COMBINER_SHARE + DECOY_KEY_SHARE))
        + (long) otherPairs * DecoyTriples.FIRST_ROWS;
  }

  /**
   * Reads the answers, and asks what is still open where they point at the mark.
   *
   * @param budget most further queries
   */
  MarkFigures judge(QuerySheet sheet, Interrogation interrogation, int budget) {
    triples.read(sheet);
    int[] secretAnswers = sheet.answers(secret);
    Rate watermark = QuerySheet.rate(secretAnswers, mark.target());
    int effective = queries.effectiveSize(watermark.rows());
    double paired = pairedTest(sheet, secretAnswers);
    List<int[]> naturalAnswers = independents.ask(queries.secret());
    Rate natural = Independents.highest(naturalAnswers, mark.target());
    Excess excess = new Excess(watermark, natural);
    NullRates nulls = new NullRates(options.nullCeiling());
    nulls.offer(NullSource.INDEPENDENT_MODELS, natural);
    nulls.offer(NullSource.MAJORITY, independents.size() == 0 ? 0 : MAJORITY);
    Rate byWays = sheet.rate(otherWays, mark.target());
    nulls.offer(NullSource.OTHER_COMBINERS, byWays);
    Rate byKeys = byKeys(sheet, true);
    nulls.offer(NullSource.DECOY_KEYS, byKeys);
    nulls.offer(NullSource.OTHER_PAIRS, triples.spill());
    nulls.offer(NullSource.NEAR_PAIRS, triples.near());
    boolean promising =
        Statistics.binomial(watermark.scaledTo(effective), nulls.p0()) <= options.alpha()
            && paired <= options.alpha();
    int fresh = promising ? Math.min(budget, (int) (FRESH_SHARE * watermark.rows())) : 0;
    int rowsOfWays =
        promising && independents.size() > 0
            ? Math.min(WAY_ROWS, queries.rows()) * mark.others().size()
            : 0;
    if (promising) {
      triples.refine(excess, interrogation, budget - fresh - rowsOfWays);
    }
    Excess bestOther = triples.bestOther(interrogation, fresh);
    // Where the budget does not allow to exclude any, one counts.
    int betterWays =
        rowsOfWays > budget - fresh ? 1 : betterWays(watermark, interrogation, rowsOfWays);
    // What the mark would show, were it as far above nature as the best other triple.
    nulls.offer(NullSource.OTHER_TRIPLES, Math.min(1, excess.naturalShare() + bestOther.share()));
    Interval interval = Statistics.interval(watermark.scaledTo(effective), INTERVAL_ERROR);
    return new MarkFigures(
        mark.spec(),
        watermark,
        interval.getLowerBound(),
        interval.getUpperBound(),
        effective,
        new MarkFigures.DecoyRates(
            byWays,
            byKeys,
            byKeys(sheet, false),
            (double) decoyKeys.equivalent() / decoyKeys.combiners().size(),
            triples.spill(),
            triples.near(),
            bestOther.suspect(),
            bestOther.natural(),
            natural),
        nulls.p0(),
        nulls.source(),
        Statistics.binomial(watermark.scaledTo(effective), nulls.p0()),
        paired,
        rank(secretAnswers, naturalAnswers, excess, betterWays));
  }

  /** The decoy-key rows of different, or of equivalent, decoys. */
  private Rate byKeys(QuerySheet sheet, boolean different) {
    int[] answers = sheet.answers(otherKeys);
    int first = otherWays.to() - otherWays.from();
    Rate rate = Rate.NONE;
    for (int i = 0; i < answers.length; i++) {
      if (decoyKeys.isDifferent(first + i) == different) {
        rate = rate.plus(new Rate(answers[i] == mark.target() ? 1 : 0, 1));
      }
    }
    return rate;
  }

  /** Secret way against decoy ways on the same pairs, scaled to the independent ones. */
  private double pairedTest(QuerySheet sheet, int[] secretAnswers) {
    int[] ways = sheet.answers(otherWays);
    int[] keys = sheet.answers(otherKeys);
    int favourable = 0;
    int adverse = 0;
    int pairs = 0;
    for (int i = 0; i < ways.length + keys.length; i++) {
      boolean byWay = i < ways.length;
      if (byWay || decoyKeys.isDifferent(i)) {
        boolean inSecret = secretAnswers[i] == mark.target();
        boolean inDecoy = (byWay ? ways[i] : keys[i - ways.length]) == mark.target();
        favourable += inSecret && !inDecoy ? 1 : 0;
        adverse += inDecoy && !inSecret ? 1 : 0;
        pairs++;
      }
    }
    if (pairs == 0) {
      return 1;
    }
    double scale = Math.min(1, (double) queries.effectiveSize(pairs) / pairs);
    return Statistics.paired((int) (favourable * scale), (int) Math.ceil(adverse * scale));
  }

  /**
   * Ways in which the same pairs are clearly more often answered with the target than in the secret
   * one. A mark raises pairs that share a source with it, in its own way most: beside independent
   * models, where nature hides no slope, whoever claims one in another way is found out so.
   */
  private int betterWays(Rate watermark, Interrogation interrogation, int rows) {
    if (rows == 0) {
      return 0;
    }
    QuerySheet sheet = new QuerySheet();
    List<Section> sections =
        mark.others().stream()
            .map(way -> sheet.add(queries.ofPairs(0, rows / mark.others().size(), List.of(way))))
            .toList();
    sheet.ask(interrogation);
    return (int)
        sections.stream()
            .map(section -> sheet.rate(section, mark.target()))
            .filter(
                rate -> Statistics.interval(rate, WAY_ERROR).getLowerBound() > watermark.share())
            .count();
  }

  private MarkFigures.Rank rank(
      int[] secretAnswers, List<int[]> naturalAnswers, Excess excess, int betterWays) {
    int decoys = triples.size();
    int reaching = triples.reaching(excess) + betterWays;
    for (int label = 0; label < samples.classes(); label++) {
      if (label != mark.target()
          && label != mark.spec().sourceA()
          && label != mark.spec().sourceB()) {
        Excess other =
            new Excess(
                QuerySheet.rate(secretAnswers, label), Independents.highest(naturalAnswers, label));
        decoys++;
        reaching += other.share() >= excess.share() ? 1 : 0;
      }
    }
    return MarkFigures.Rank.of(decoys, reaching);
  }
}
