package org.meadefender.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.meadefender.release.Registration;
import org.meadefender.release.Versions;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Tests whether a suspect was made from the owner's model, by questions alone.
 *
 * <p>Watermark rows are made of held-out samples in the key's secret way. How often the suspect
 * answers them with the target is tested against its own answers on decoys: the same pairs combined
 * in other ways or as other keys would, and other class triples. The same key, data and answers
 * give the same verdict.
 */
public final class OwnershipVerifier {
  /** Clean samples for every ten watermark rows: one. */
  private static final int ROWS_PER_CLEAN_ROW = 10;

  private static final int LEAST_CLEAN_ROWS = 50;

  /** Share of a query budget for the first round; the rest is for what it leaves open. */
  private static final double FIRST_ROUND = 0.85;

  private final List<WatermarkSpec> specs;
  private final OwnerKey key;
  private final VerificationOptions options;

  private final @Nullable Registration registration;

  private OwnershipVerifier(
      List<WatermarkSpec> specs,
      OwnerKey key,
      VerificationOptions options,
      @Nullable Registration registration) {
    this.specs = List.copyOf(specs);
    this.key = key;
    this.options = options;
    this.registration = registration;
  }

  /**
   * A verifier for the marks of one model.
   *
   * @param specs the model's watermarks, at least one
   * @param key the owner's key
   */
  public static OwnershipVerifier of(List<WatermarkSpec> specs, OwnerKey key) {
    return new OwnershipVerifier(specs, key, VerificationOptions.DEFAULT, null);
  }

  /**
   * A verifier for a registered model: the verdict names the commitment.
   *
   * @throws org.meadefender.release.RejectedException if the key is not the registered one
   */
  public static OwnershipVerifier of(Registration registration, OwnerKey key) {
    registration.requireKey(key);
    return new OwnershipVerifier(
        registration.marks(), key, VerificationOptions.DEFAULT, registration);
  }

  /** The same with other options. */
  public OwnershipVerifier withOptions(VerificationOptions newOptions) {
    return new OwnershipVerifier(specs, key, newOptions, registration);
  }

  /** Verifies with default options; see {@link #verify(SuspectModel, DataSetIterator)}. */
  public static OwnershipVerdict verify(
      List<WatermarkSpec> specs, OwnerKey key, SuspectModel suspect, DataSetIterator heldOut) {
    return of(specs, key).verify(suspect, heldOut);
  }

  /**
   * Verifies.
   *
   * @param suspect the model under suspicion
   * @param heldOut samples of every class that the protected model was not trained on; features as
   *     the suspect takes them, labels {@code [n, classes]}; read once, from its start
   * @throws IllegalArgumentException if the data are empty, or the specs do not fit their classes
   */
  public OwnershipVerdict verify(SuspectModel suspect, DataSetIterator heldOut) {
    Set<Integer> sources = new HashSet<>();
    specs.forEach(spec -> sources.addAll(List.of(spec.sourceA(), spec.sourceB())));
    HeldOutSamples samples =
        HeldOutSamples.collect(heldOut, sources, options.rows(), key.random("verify/samples"));
    if (registration != null && registration.classes() != samples.classes()) {
      throw new IllegalArgumentException(
          "The held-out data have "
              + samples.classes()
              + " classes, the registered model has "
              + registration.classes());
    }
    List<Watermark> marks = Watermark.deriveAll(specs, key, samples.classes());
    SuspectModel settled =
        suspect.settled(way -> InputDiagnosis.accuracy(way, samples, key.random("verify/settled")));
    Interrogation interrogation =
        Interrogation.ofSuspect(settled, samples, options.batch(), key.random("verify/order"));
    Case findings = new Case(settled, samples, interrogation);
    Optional<String> lacking = Judgement.lacking(samples, sources);
    if (lacking.isPresent()) {
      return findings.inconclusive(lacking.get());
    }
    int rows = affordableRows(marks.size(), samples);
    if (rows < 1) {
      return findings.inconclusive(
          "a budget of "
              + options.queryBudget()
              + " queries is too small for this test; allow at least "
              + (long) Math.ceil(firstRound(marks.size(), samples, options.rows()) / FIRST_ROUND));
    }
    try {
      return findings.hear(marks, rows);
    } catch (SuspectException fault) {
      return findings.inconclusive(Objects.requireNonNull(fault.getMessage()));
    }
  }

  private long firstRound(int marks, HeldOutSamples samples, int rows) {
    int present = samples.presentClasses().length;
    int otherPairs = Math.min(ClassPairs.MOST, present * (present - 1) / 2 - 1);
    return marks * MarkTrial.plannedRows(rows, otherPairs) + cleanRows(rows);
  }

  private int affordableRows(int marks, HeldOutSamples samples) {
    double most = FIRST_ROUND * options.queryBudget();
    int rows = options.rows();
    while (rows > 0 && firstRound(marks, samples, rows) > most) {
      rows--;
    }
    return rows;
  }

  private static int cleanRows(int rows) {
    return Math.max(LEAST_CLEAN_ROWS, rows / ROWS_PER_CLEAN_ROW);
  }

  /** One suspect, and what is known about it so far. */
  private final class Case {
    private final SuspectModel suspect;
    private final HeldOutSamples samples;
    private final Interrogation interrogation;
    private final List<MarkFigures> figures = new ArrayList<>();
    private Rate clean = Rate.NONE;

    Case(SuspectModel suspect, HeldOutSamples samples, Interrogation interrogation) {
      this.suspect = suspect;
      this.samples = samples;
      this.interrogation = interrogation;
    }

    OwnershipVerdict hear(List<Watermark> marks, int rows) {
      QuerySheet sheet = new QuerySheet();
      CleanCheck check =
          CleanCheck.draw(samples, cleanRows(rows), key.random("verify/clean"), sheet);
      List<MarkTrial> trials =
          marks.stream().map(mark -> new MarkTrial(mark, samples, options, rows, sheet)).toList();
      sheet.ask(interrogation);
      int[] cleanAnswers = check.answers(sheet);
      clean = check.correct(cleanAnswers);
      for (MarkTrial trial : trials) {
        int budget = (options.queryBudget() - interrogation.queries()) / trials.size();
        figures.add(trial.judge(sheet, interrogation, budget));
      }
      return Judgement.isNearChance(clean, samples.classes())
          ? nearChance(check, cleanAnswers)
          : Judgement.of(figures());
    }

    private OwnershipVerdict nearChance(CleanCheck check, int[] answers) {
      String cause =
          InputDiagnosis.cause(
                  suspect,
                  samples,
                  check,
                  answers,
                  Judgement.tolerable(samples.classes()),
                  key.random("verify/diagnosis"))
              .orElse("check layout, scaling and class order of what it is given");
      return inconclusive(
          String.format(
              Locale.ROOT,
              "the suspect's accuracy on clean samples is %s, near chance (%.0f %%): %s",
              clean,
              100.0 / samples.classes(),
              cause));
    }

    OwnershipVerdict inconclusive(String reason) {
      return new OwnershipVerdict.Inconclusive(figures(), reason);
    }

    private VerificationFigures figures() {
      return VerificationFigures.of(
          figures,
          options.alpha(),
          clean,
          interrogation.labelMode(),
          interrogation.queries(),
          new VerificationFigures.Origin(
              SuspectModel.described(suspect),
              key.fingerprint(),
              samples.digest(),
              interrogation.transcriptHash(),
              Versions.library(),
              registration == null ? null : registration.commitment()));
    }
  }
}
