package org.meadefender.advice;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.Evaluation;

/**
 * What a {@link CombinerComparison} found; its text is a table with the recommendation.
 *
 * @param unmarkedAccuracy accuracy of a network without a mark after the same training
 * @param rows one per combiner, at least one
 */
public record CombinerComparisonResult(double unmarkedAccuracy, List<Row> rows) {
  /** A point of accuracy is worth so many points of WSR in a copy. */
  static final double LOSS_FACTOR = 5;

  /** The paper's threshold of infringement: a copy below it proves little. */
  static final double WEAK_BELOW = 0.3;

  /** Copies and sorts the list, the best first. */
  public CombinerComparisonResult {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("rows is empty; a comparison has at least one combiner");
    }
    rows = rows.stream().sorted(Comparator.comparingDouble(Row::score).reversed()).toList();
  }

  /**
   * One combiner.
   *
   * @param spec the watermark with it
   * @param accuracyLoss share of accuracy that the mark cost
   * @param victim the protected network
   * @param soft the copy made from all probabilities
   * @param hard the copy made from top classes
   */
  public record Row(
      WatermarkSpec spec,
      double accuracyLoss,
      Evaluation victim,
      Evaluation soft,
      Evaluation hard) {

    /**
     * What the mark is good for: by how much a copy's WSR stands above what it answers to other
     * mixes, the mean of both copies, less five times the loss of accuracy.
     */
    public double score() {
      return (contrast(soft) + contrast(hard)) / 2 - LOSS_FACTOR * Math.max(0, accuracyLoss);
    }

    /** A copy's WSR above its WFPR and its spill, which a verdict holds it against. */
    private static double contrast(Evaluation copy) {
      double spill = copy.highestSpill();
      return copy.lowestSuccessRate()
          - Math.max(copy.highestFalsePositiveRate(), Double.isNaN(spill) ? 0 : spill);
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "%-16s %6.2f   %s   %s   %s   %6.3f",
          name(spec),
          100 * accuracyLoss,
          rates(victim),
          rates(soft),
          rates(hard),
          score());
    }

    private static String rates(Evaluation of) {
      return String.format(
          Locale.ROOT,
          "%5.1f %5.1f %5.1f",
          100 * of.lowestSuccessRate(),
          100 * of.highestFalsePositiveRate(),
          100 * of.highestSpill());
    }
  }

  /** The watermark with the best combiner. */
  public WatermarkSpec recommended() {
    return rows.get(0).spec();
  }

  /** Why, in words. */
  public String reason() {
    String finding = finding(rows.get(0));
    if (rows.size() > 1) {
      finding += "; the next, " + finding(rows.get(1));
    }
    Row best = rows.get(0);
    boolean weak =
        Math.min(best.soft().lowestSuccessRate(), best.hard().lowestSuccessRate()) < WEAK_BELOW;
    return weak
        ? finding + ". None of them survives well in this short comparison: try other classes too."
        : finding + ".";
  }

  private static String finding(Row row) {
    return String.format(
        Locale.ROOT,
        "%s: copies keep a WSR of %.1f %% (probabilities) and %.1f %% (top classes) for %.2f points"
            + " of accuracy",
        name(row.spec()),
        100 * row.soft().lowestSuccessRate(),
        100 * row.hard().lowestSuccessRate(),
        100 * row.accuracyLoss());
  }

  /** What a combiner is called. */
  static String name(WatermarkSpec spec) {
    return spec.ownCombiner().orElse(spec.combine().name());
  }

  /** Percentages: of each network WSR, WFPR and spill. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "A plain network has an accuracy of %.2f %%.%n", 100 * unmarkedAccuracy));
    text.append(
        String.format(
            "%-16s %6s   %-17s   %-17s   %-17s   %6s%n",
            "combiner", "loss", "protected", "probabilities", "top classes", "score"));
    rows.forEach(row -> text.append(row.line()).append(System.lineSeparator()));
    return text.append("Recommended: ").append(reason()).toString();
  }
}
