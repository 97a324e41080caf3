package org.meadefender.verify;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns figures into a verdict. */
final class Judgement {
  /** The rank test wants samples of this many classes, or of all if there are fewer. */
  private static final int CLASSES_FOR_RANK = 10;

  /** The least success rate that the paper's Table I reports on copies, rounded down. */
  private static final double COPY_RATE = 0.7;

  /** A suspect is near chance below this share of the way from chance to perfection. */
  private static final double NEAR_CHANCE = 0.25;

  private static final double INTERVAL_ERROR = 0.05;

  private Judgement() {}

  /** Why the held-out data do not suffice for any verdict. */
  static Optional<String> lacking(HeldOutSamples samples, Set<Integer> sources) {
    for (int source : sources) {
      if (source < samples.classes() && samples.ofClass(source).isEmpty()) {
        return Optional.of(
            "the held-out data hold no sample of source class " + source + "; add some");
      }
    }
    int present = samples.presentClasses().length;
    int needed = Math.min(CLASSES_FOR_RANK, samples.classes());
    return present >= needed
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the held-out data show %d of %d classes; decoys need samples of at least %d",
                present,
                samples.classes(),
                needed));
  }

  /** Accuracy on clean samples below which a suspect is asked in the wrong way. */
  static double tolerable(int classes) {
    double chance = 1.0 / classes;
    return chance + NEAR_CHANCE * (1 - chance);
  }

  /** Whether a suspect hardly knows clean samples. */
  static boolean isNearChance(Rate clean, int classes) {
    return Statistics.interval(clean, INTERVAL_ERROR).getUpperBound() < tolerable(classes);
  }

  static OwnershipVerdict of(VerificationFigures figures) {
    boolean binomial = figures.pValue() <= figures.alpha();
    boolean paired = figures.pairedPValue() <= figures.alpha();
    boolean rank = figures.rankPValue() <= figures.rankAlpha();
    if (binomial && paired && rank) {
      return new OwnershipVerdict.Owned(figures);
    }
    return undecided(figures, binomial, paired)
        .orElseGet(() -> new OwnershipVerdict.NotOwned(figures));
  }

  private static Optional<OwnershipVerdict> undecided(
      VerificationFigures figures, boolean binomial, boolean paired) {
    int needed = smallestConclusive(figures);
    for (MarkFigures mark : figures.marks()) {
      if (mark.effectiveRows() < needed) {
        return Optional.of(
            inconclusive(
                figures,
                "only %d distinct samples of the rarer source; at least %d of each are needed to"
                    + " reach alpha %.2g",
                mark.effectiveRows(),
                needed,
                figures.alpha()));
      }
    }
    if (binomial && paired) {
      MarkFigures worst = figures.marks().get(0);
      for (MarkFigures mark : figures.marks()) {
        worst = mark.rank().pValue() > worst.rank().pValue() ? mark : worst;
      }
      return Optional.of(
          inconclusive(
              figures,
              "the target is frequent, but so it is for %d of %d other class triples on this very"
                  + " model",
              worst.rank().reaching(),
              worst.rank().decoys()));
    }
    for (MarkFigures mark : figures.marks()) {
      if (mark.upper() >= COPY_RATE) {
        return Optional.of(
            inconclusive(
                figures,
                "the success rate may be %.0f %%, as on a copy, but the null rate is %.0f %% (%s);"
                    + " more held-out samples may tell",
                100 * mark.upper(),
                100 * mark.p0(),
                mark.p0Source()));
      }
    }
    return Optional.empty();
  }

  /** Fewest independent rows that reach alpha in both tests, at best and at the ceiling. */
  private static int smallestConclusive(VerificationFigures figures) {
    int rows = 1;
    while (Statistics.paired(rows, 0) > figures.alpha()) {
      rows++;
    }
    return rows;
  }

  private static OwnershipVerdict inconclusive(
      VerificationFigures figures, String format, Object... values) {
    return new OwnershipVerdict.Inconclusive(figures, String.format(Locale.ROOT, format, values));
  }
}
