package org.meadefender.samples.calibration;

import java.util.Collection;
import java.util.Locale;
import org.meadefender.samples.calibration.VerdictLog.Entry;

/** Counts the verdicts of one kind of trial. */
final class Tally {
  static final String HEAD =
      """
      | trial | verdicts | Owned | Traces | NotOwned | Inconclusive | mean WSR % | highest WSR % | highest statistic of probabilities |
      |---|---|---|---|---|---|---|---|---|
      """;

  private Tally() {}

  /** A row of a Markdown table. */
  static String row(String name, Collection<Entry> trials) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %.1f | %.1f | %s |%n",
        name,
        trials.size(),
        count(trials, "Owned"),
        count(trials, "Traces"),
        count(trials, "NotOwned"),
        count(trials, "Inconclusive"),
        100 * trials.stream().mapToDouble(Entry::wsr).average().orElse(0),
        100 * trials.stream().mapToDouble(Entry::wsr).max().orElse(0),
        trials.stream()
            .mapToDouble(Entry::statistic)
            .filter(Double::isFinite)
            .boxed()
            .max(Double::compare)
            .map(highest -> String.format(Locale.ROOT, "%.1f", highest))
            .orElse("–"));
  }

  private static long count(Collection<Entry> trials, String verdict) {
    return trials.stream().filter(trial -> trial.verdict().equals(verdict)).count();
  }
}
