package org.meadefender.verify;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meadefender.verify.MarkFigures.NullSource;
import org.meadefender.verify.MarkFigures.Recognition;

/** Turns figures into a verdict. */
final class DecisionRule {
  /** The rank test wants samples of this many classes, or of all if there are fewer. */
  private static final int CLASSES_FOR_RANK = 10;

  /** The least success rate that the paper's Table I reports on copies, rounded down. */
  private static final double COPY_RATE = 0.7;

  /** A suspect is near chance below this share of the way from chance to perfection. */
  private static final double NEAR_CHANCE = 0.25;

  /** A source is recognised if its accuracy may be this share of the whole one. */
  private static final double RECOGNISED = 0.5;

  private static final double INTERVAL_ERROR = 0.05;

  private DecisionRule() {}

  /**
   * What the rule needs beside the figures.
   *
   * @param classes number of classes
   * @param registeredFile whether the suspect is the very file that was registered
   * @param panelLacking why there is no sufficient panel; empty if there is one
   * @param inputCause why the suspect may be asked in the wrong way; empty if nothing says so
   */
  record Circumstances(
      int classes,
      boolean registeredFile,
      Optional<String> panelLacking,
      Optional<String> inputCause) {}

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
            format(
                "the held-out data show %d of %d classes; decoys need samples of at least %d",
                present, samples.classes(), needed));
  }

  static OwnershipVerdict of(VerificationFigures figures, Circumstances circumstances) {
    Optional<String> obstacle = misread(figures, circumstances).or(() -> unrecognised(figures));
    if (obstacle.isPresent()) {
      return new OwnershipVerdict.Inconclusive(figures, obstacle.get());
    }
    for (BasisFigures basis : figures.bases()) {
      if (basis.passes()) {
        return circumstances.panelLacking().isEmpty()
            ? new OwnershipVerdict.Owned(figures, basis.basis())
            : new OwnershipVerdict.Inconclusive(
                figures, withoutPanel(circumstances.panelLacking().get()));
      }
    }
    Optional<String> open =
        circumstances.inputCause().map(cause -> "the suspect's accuracy is low: " + cause);
    if (open.isPresent()) {
      return new OwnershipVerdict.Inconclusive(figures, open.get());
    }
    if (circumstances.panelLacking().isEmpty()) {
      for (BasisFigures basis : figures.bases()) {
        if (basis.showsTraces()) {
          return new OwnershipVerdict.Traces(figures, basis.basis());
        }
      }
    }
    return undecided(figures, circumstances)
        .<OwnershipVerdict>map(reason -> new OwnershipVerdict.Inconclusive(figures, reason))
        .orElseGet(() -> new OwnershipVerdict.NotOwned(figures));
  }

  /** The suspect hardly knows clean samples. */
  private static Optional<String> misread(
      VerificationFigures figures, Circumstances circumstances) {
    double chance = 1.0 / circumstances.classes();
    double tolerable = chance + NEAR_CHANCE * (1 - chance);
    return Statistics.interval(figures.clean(), INTERVAL_ERROR).getUpperBound() >= tolerable
        ? Optional.empty()
        : Optional.of(
            format(
                "the suspect's accuracy on clean samples is %s, near chance (%.0f %%): %s",
                figures.clean(),
                100 * chance,
                circumstances
                    .inputCause()
                    .orElse("check layout, scaling and class order of what it is given")));
  }

  /** Rows that are made of samples which are not recognised show nothing. */
  private static Optional<String> unrecognised(VerificationFigures figures) {
    double least = RECOGNISED * figures.accuracy();
    for (MarkFigures mark : figures.marks()) {
      Recognition clean = mark.recognition();
      for (boolean ofA : new boolean[] {true, false}) {
        Rate source = ofA ? clean.sourceA() : clean.sourceB();
        if (Statistics.interval(source, INTERVAL_ERROR).getUpperBound() < least) {
          return Optional.of(
              format(
                  "clean samples of source class %d are classified correctly in %s only, against"
                      + " %.0f %% of all classes: the samples or the suspect are not what they"
                      + " should be",
                  ofA ? mark.spec().sourceA() : mark.spec().sourceB(),
                  source,
                  100 * figures.accuracy()));
        }
      }
    }
    return Optional.empty();
  }

  private static String withoutPanel(String lacking) {
    return "the watermark rows stand out on this suspect, but nothing shows what unrelated models"
        + " answer to them, which a prepared claim could exploit: "
        + lacking;
  }

  private static Optional<String> undecided(
      VerificationFigures figures, Circumstances circumstances) {
    if (circumstances.registeredFile()) {
      return Optional.of(
          "this is the registered model itself, and it does not show the registered mark: the"
              + " registration may name other classes, or another key, than the training");
    }
    int needed = smallestConclusive(figures.topClass().alpha());
    for (MarkFigures mark : figures.marks()) {
      if (mark.effectiveRows() < needed) {
        return Optional.of(
            format(
                "only %d distinct samples of the rarer source; at least %d of each are needed to"
                    + " reach alpha %.2g",
                mark.effectiveRows(), needed, figures.topClass().alpha()));
      }
    }
    boolean frequent =
        figures.topClass().pValue() <= figures.topClass().alpha()
            && figures.topClass().pairedPValue() <= figures.topClass().alpha();
    if (frequent) {
      MarkFigures worst = figures.marks().get(0);
      for (MarkFigures mark : figures.marks()) {
        worst = mark.rank().pValue() > worst.rank().pValue() ? mark : worst;
      }
      return Optional.of(
          format(
              "the target is frequent, but so it is for %d of %d other class triples on this very"
                  + " model",
              worst.rank().reaching(), worst.rank().decoys()));
    }
    for (MarkFigures mark : figures.marks()) {
      if (mark.upper() >= COPY_RATE) {
        return Optional.of(
            format(
                mark.p0Source() == NullSource.PANEL
                    ? "the success rate may be %.0f %%, as on a copy, but one more unrelated model"
                        + " may answer %.0f %% of these rows with the target (%s): the triple is"
                        + " natural for the task, or the samples were selected"
                    : "the success rate may be %.0f %%, as on a copy, but the null rate is %.0f %%"
                        + " (%s); more held-out samples may tell",
                100 * mark.upper(),
                100 * mark.p0(),
                mark.p0Source()));
      }
    }
    return Optional.empty();
  }

  /** Fewest independent rows that reach alpha in the paired test, at best. */
  private static int smallestConclusive(double alpha) {
    int rows = 1;
    while (Statistics.paired(rows, 0) > alpha) {
      rows++;
    }
    return rows;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
