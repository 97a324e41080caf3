package org.meadefender.samples.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meadefender.verify.OwnershipVerdict;

/** Verdicts of one kind of trial. */
final class Tally {
  private final String name;
  private final List<OwnershipVerdict> verdicts = new ArrayList<>();

  Tally(String name) {
    this.name = name;
  }

  void add(OwnershipVerdict verdict) {
    verdicts.add(verdict);
  }

  int owned() {
    return count(OwnershipVerdict.Owned.class);
  }

  int size() {
    return verdicts.size();
  }

  private int count(Class<? extends OwnershipVerdict> kind) {
    return (int) verdicts.stream().filter(kind::isInstance).count();
  }

  /** A row of a Markdown table. */
  String row() {
    double highest =
        verdicts.stream().mapToDouble(v -> v.figures().watermarkSuccessRate()).max().orElse(0);
    double mean =
        verdicts.stream().mapToDouble(v -> v.figures().watermarkSuccessRate()).average().orElse(0);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %.1f %% | %.1f %% |",
        name,
        size(),
        owned(),
        count(OwnershipVerdict.NotOwned.class),
        count(OwnershipVerdict.Inconclusive.class),
        100 * mean,
        100 * highest);
  }
}
