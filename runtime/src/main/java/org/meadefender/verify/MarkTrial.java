package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.interval.Interval;
import org.meadefender.combine.Watermark;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.QuerySheet.Section;

/** The trial of a suspect for one mark: which rows to ask, and what the answers say. */
final class MarkTrial {
  /** Decoy rows for every watermark row: by the mark's other ways, and by decoy keys. */
  private static final double OTHER_COMBINER_SHARE = 0.3;

  private static final double DECOY_KEY_SHARE = 0.2;

  /** Fresh rows on the best other triple, for every watermark row. */
  private static final double FRESH_SHARE = 0.15;

  private static final double INTERVAL_ERROR = 0.05;

  private final Watermark mark;
  private final HeldOutSamples samples;
  private final VerificationOptions options;
  private final MarkQueries queries;
  private final DecoyKeys decoyKeys;
  private final Section secret;
  private final Section otherWays;
  private final Section otherKeys;
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
    this.triples = new DecoyTriples(queries, samples.classes(), sheet);
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
    Rate independents = independents();
    NullRates nulls = new NullRates(options.nullCeiling());
    nulls.offer(NullSource.INDEPENDENT_MODELS, independents);
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
    if (promising) {
      triples.refine(watermark, interrogation, budget - fresh);
    }
    Rate bestOther = triples.bestOther(interrogation, fresh);
    nulls.offer(NullSource.OTHER_TRIPLES, bestOther);
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
            bestOther,
            independents),
        nulls.p0(),
        nulls.source(),
        Statistics.binomial(watermark.scaledTo(effective), nulls.p0()),
        paired,
        rank(secretAnswers, watermark));
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

  private MarkFigures.Rank rank(int[] secretAnswers, Rate watermark) {
    int decoys = triples.size();
    int reaching = triples.reaching(watermark);
    for (int label = 0; label < samples.classes(); label++) {
      if (label != mark.target()
          && label != mark.spec().sourceA()
          && label != mark.spec().sourceB()) {
        decoys++;
        reaching += QuerySheet.rate(secretAnswers, label).hits() >= watermark.hits() ? 1 : 0;
      }
    }
    return MarkFigures.Rank.of(decoys, reaching);
  }

  private Rate independents() {
    List<Rate> rates = new ArrayList<>();
    for (SuspectModel model : options.independents()) {
      QuerySheet sheet = new QuerySheet();
      Section all = sheet.add(queries.secret());
      sheet.ask(
          new Interrogation(model, samples, options.batch(), mark.random("verify/independent")));
      rates.add(sheet.rate(all, mark.target()));
    }
    return rates.stream().max(java.util.Comparator.comparingDouble(Rate::share)).orElse(Rate.NONE);
  }
}
