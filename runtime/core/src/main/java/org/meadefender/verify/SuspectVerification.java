package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.Versions;
import org.meadefender.release.Registration;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;

/** Verifies one suspect against a claim. */
final class SuspectVerification {
  /** Log-probabilities below this one do not count. */
  private static final double LEAST_FLOOR = -12;

  private final Claim claim;
  private final ClaimPanel panel;
  private final SuspectModel suspect;
  private final QueryRunner runner;
  private final List<MarkFigures> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Rate clean = Rate.NONE;
  private List<Integer> classOrder = List.of();

  SuspectVerification(Claim claim, ClaimPanel panel, SuspectModel suspect) {
    this.claim = claim;
    this.panel = panel;
    this.suspect = suspect;
    this.runner =
        QueryRunner.ofSuspect(
            suspect, claim.samples(), claim.options().batch(), claim.key().random("verify/order"));
  }

  OwnershipVerdict run(List<MarkPlan> plansOfMarks) {
    QueryBatch batch = new QueryBatch();
    CleanSamples cleanSamples = claim.cleanSamples();
    QueryBatch.Section cleanRows = batch.add(cleanSamples.queries());
    List<MarkPlan.Sections> sections =
        plansOfMarks.stream().map(plan -> plan.addTo(batch)).toList();
    Answers raw = runner.ask(batch.queries());
    ClassOrder order =
        ClassOrder.estimate(
            cleanSamples, cleanRows.of(raw), claim.samples().classes(), claim.marked());
    if (order.changed()) {
      classOrder = Arrays.stream(order.columns()).boxed().toList();
      notes.add(
          "The suspect's outputs stand for other classes than the held-out data's numbers say;"
              + " it was verified under the order that clean samples show: "
              + order
                  .asOption(raw.classes())
                  .map(
                      each ->
                          "--class-order "
                              + each.stream().map(String::valueOf).collect(Collectors.joining(",")))
                  .orElse(
                      "the classes are its outputs "
                          + classOrder
                          + ", -1 for none, which no option says"));
    }
    Answers answers = raw.inOrder(order.columns());
    Answers onClean = cleanRows.of(answers);
    clean = cleanSamples.correct(onClean);
    if (order.doubt().isPresent()) {
      return inconclusive(order.doubt().get());
    }
    Optional<String> cause =
        InputDiagnosis.cause(suspect, claim.samples(), cleanSamples, clean, order.columns());
    double floor = floor();
    for (int i = 0; i < plansOfMarks.size(); i++) {
      MarkPlan plan = plansOfMarks.get(i);
      int budget = (claim.options().queryBudget() - runner.queries()) / plansOfMarks.size();
      Watermark mark = plan.mark();
      MarkVerification test =
          new MarkVerification(
              plan,
              claim.options(),
              sections.get(i),
              answers,
              queries -> runner.ask(queries).inOrder(order.columns()),
              floor);
      figures.add(
          test.run(
              cleanSamples.recognition(
                  onClean, mark.spec().sourceA(), mark.spec().sourceB(), mark.target()),
              budget));
    }
    noteAccuracy(cause);
    return DecisionRule.of(
        figures(),
        new DecisionRule.Circumstances(
            claim.samples().classes(), isRegisteredFile(), panel.lacking(), cause));
  }

  /** Coarse answers have a coarse floor: zero stands for half of the least step. */
  private double floor() {
    double least = Math.log(runner.leastPositive() / 2);
    // In half steps, so that one rounding gives one floor.
    return Math.max(LEAST_FLOOR, Math.floor(2 * least) / 2);
  }

  private void noteAccuracy(Optional<String> cause) {
    double ofPanel = panel.answers().panel().description().accuracy();
    if (Double.isFinite(ofPanel)
        && Statistics.interval(clean, BasisFigures.TRACES_ALPHA).getUpperBound() < ofPanel) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The suspect classifies %s of the clean samples correctly, small reference"
                  + " networks %.0f %%: %s",
              clean,
              100 * ofPanel,
              cause.orElse(
                  "it may be asked with another scaling or layout than it was trained" + " on")));
    }
  }

  private boolean isRegisteredFile() {
    return claim
        .registration()
        .map(each -> suspect.identity().equals("sha256:" + each.modelDigest()))
        .orElse(false);
  }

  OwnershipVerdict inconclusive(String reason) {
    return new OwnershipVerdict.Inconclusive(figures(), reason);
  }

  private VerificationFigures figures() {
    List<ProbabilityFigures> probabilities =
        figures.stream().flatMap(mark -> mark.probabilities().stream()).toList();
    boolean both = !figures.isEmpty() && probabilities.size() == figures.size();
    double share = both ? claim.options().alpha() / 2 : claim.options().alpha();
    int fresh =
        suspect instanceof Transcript.Recording recording
            ? recording.freshRows()
            : runner.queries();
    List<String> all = new ArrayList<>(suspect.notes());
    all.addAll(notes);
    if (fresh == 0 && runner.queries() > 0) {
      all.add(
          "No question was put to the suspect: all answers come from the transcript, and are its"
              + " answers only if whoever recorded them is believed");
    }
    panel
        .lacking()
        .ifPresent(
            lacking ->
                all.add(
                    "There is no sufficient reference panel ("
                        + lacking
                        + "). Then the paper's ceiling takes its place, and no verdict says Owned"));
    return new VerificationFigures(
        figures,
        claim.options().alpha(),
        BasisFigures.topClass(figures, share),
        both ? Optional.of(BasisFigures.probabilities(probabilities, share)) : Optional.empty(),
        clean,
        classOrder,
        runner.labelMode(),
        runner.queries(),
        fresh,
        panel.answers().panel().description(),
        all,
        new VerificationFigures.Origin(
            suspect.identity(),
            claim.key().fingerprint(),
            claim.samples().digest(),
            claim.committed(),
            runner.transcriptHash(),
            Versions.library(),
            claim.registration().map(Registration::commitment).orElse(null)));
  }
}
