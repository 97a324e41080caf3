package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.meadefender.reference.PanelCache;
import org.meadefender.reference.PanelDescription;
import org.meadefender.reference.ReferencePanel;
import org.meadefender.reference.TaskSamples;
import org.meadefender.release.NullCertificate;
import org.meadefender.release.Registration;
import org.meadefender.release.Versions;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;

/**
 * Rows and reference panel of one claim, ready for any number of suspects; see {@link
 * OwnershipVerifier#prepare}. Not for several threads at a time.
 */
public final class PreparedVerification {
  /** Share of a query budget for the first round; the rest is for what it leaves open. */
  private static final double FIRST_ROUND = 0.7;

  /** Log-probabilities below this one do not count. */
  private static final double LEAST_FLOOR = -12;

  private final List<Watermark> marks;
  private final OwnerKey key;
  private final HeldOutSamples samples;
  private final VerificationOptions options;
  private final Optional<Registration> registration;
  private final boolean committed;
  private final Set<Integer> marked = new HashSet<>();
  private @Nullable PanelAnswers panel;
  private @Nullable List<MarkPlan> plans;
  private Optional<String> panelLacking = Optional.empty();

  PreparedVerification(
      List<Watermark> marks,
      OwnerKey key,
      HeldOutSamples samples,
      VerificationOptions options,
      Optional<Registration> registration,
      boolean committed) {
    this.marks = marks;
    this.key = key;
    this.samples = samples;
    this.options = options;
    this.registration = registration;
    this.committed = committed;
    for (Watermark mark : marks) {
      marked.addAll(List.of(mark.spec().sourceA(), mark.spec().sourceB(), mark.target()));
    }
  }

  /**
   * How often reference models answer each mark's secret rows with its target: whether a triple is
   * fit for a watermark shows before anything is trained.
   *
   * @return one entry per mark
   */
  public List<PanelFigures> nullRates() {
    return plans(affordableRows()).stream()
        .map(plan -> PanelFigures.of(plan.panelRates(), options.modelAlpha()))
        .toList();
  }

  /**
   * What to write into a registration: the pool and what reference networks answer.
   *
   * @param bare the registration without them
   * @throws IllegalArgumentException if the data do not suffice for a reference panel
   */
  public Registration certify(Registration bare) {
    List<PanelFigures> rates = nullRates();
    if (panelLacking.isPresent()) {
      throw new IllegalArgumentException(
          "The held-out data do not suffice for a null certificate: " + panelLacking.get());
    }
    return bare.withHeldOut(
        samples.digest(),
        new NullCertificate(
            panel().members().size(),
            panel().dataDigest(),
            rates.stream()
                .map(
                    rate ->
                        new NullCertificate.MarkRates(
                            rate.mean(), rate.highest().share(), rate.bound(), rate.level()))
                .toList()));
  }

  /** The reference panel; trained now, unless it was before. */
  public PanelDescription panel() {
    return panelAnswers().panel().description();
  }

  /**
   * Verifies a suspect.
   *
   * @param suspect the model under suspicion
   */
  public OwnershipVerdict verify(SuspectModel suspect) {
    return verifySettled(
        suspect.settled(way -> InputDiagnosis.accuracy(way, samples, cleanSamples())));
  }

  private CleanSamples cleanSamples() {
    return new CleanSamples(samples, marked, key.random("verify/clean"));
  }

  private OwnershipVerdict verifySettled(SuspectModel suspect) {
    QueryRunner runner =
        QueryRunner.ofSuspect(suspect, samples, options.batch(), key.random("verify/order"));
    Verification verification = new Verification(suspect, runner);
    Set<Integer> sources = new HashSet<>();
    marks.forEach(mark -> sources.addAll(List.of(mark.spec().sourceA(), mark.spec().sourceB())));
    Optional<String> lacking = DecisionRule.lacking(samples, sources);
    if (lacking.isPresent()) {
      return verification.inconclusive(lacking.get());
    }
    int rows = affordableRows();
    if (rows < MarkPlan.leastRows(options.alpha() / 2)) {
      return verification.inconclusive(
          "a budget of "
              + options.queryBudget()
              + " queries is too small for this test; allow at least "
              + (long) Math.ceil(firstRound(options.rows()) / FIRST_ROUND));
    }
    try {
      return verification.run(plans(rows));
    } catch (SuspectException fault) {
      return verification.inconclusive(Objects.requireNonNull(fault.getMessage()));
    }
  }

  private PanelAnswers panelAnswers() {
    if (panel == null) {
      ReferencePanel trained = trainedPanel();
      ReferencePanel all = trained.with(options.independents());
      if (!all.isSufficient() && panelLacking.isEmpty()) {
        panelLacking =
            Optional.of(
                all.members().size()
                    + " reference models learnt the task or were supplied; at least "
                    + ReferencePanel.LEAST_MEMBERS
                    + " are needed: add held-out samples, or independent models");
      }
      if (all.isSufficient()) {
        panelLacking = Optional.empty();
      }
      panel = new PanelAnswers(all, samples, options.batch());
    }
    return panel;
  }

  private ReferencePanel trainedPanel() {
    Optional<PanelCache> cache = options.panel();
    if (cache.isEmpty()) {
      panelLacking = Optional.of("no reference panel was wanted");
      return ReferencePanel.none();
    }
    TaskSamples others = samples.forPanel();
    panelLacking =
        ReferencePanel.lacking(others)
            .map(lacking -> lacking + ": add held-out samples, or eight independent models");
    return panelLacking.isPresent()
        ? ReferencePanel.none()
        : ReferencePanel.train(others, cache.get());
  }

  private List<MarkPlan> plans(int rows) {
    if (plans == null) {
      PanelAnswers answers = panelAnswers();
      plans = marks.stream().map(mark -> new MarkPlan(mark, samples, answers, rows)).toList();
    }
    return plans;
  }

  private long firstRound(int rows) {
    int present = samples.presentClasses().length;
    int otherPairs = Math.min(ClassPairs.MOST, present * (present - 1) / 2 - 1);
    return marks.size() * MarkPlan.plannedRows(rows, otherPairs)
        + CleanSamples.plannedRows(present, marked.size());
  }

  private int affordableRows() {
    double most = FIRST_ROUND * options.queryBudget();
    int rows = options.rows();
    while (rows > 0 && firstRound(rows) > most) {
      rows--;
    }
    return rows;
  }

  /** One suspect, and what is known about it so far. */
  private final class Verification {
    private final SuspectModel suspect;
    private final QueryRunner runner;
    private final List<MarkFigures> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Rate clean = Rate.NONE;
    private List<Integer> classOrder = List.of();

    Verification(SuspectModel suspect, QueryRunner runner) {
      this.suspect = suspect;
      this.runner = runner;
    }

    OwnershipVerdict run(List<MarkPlan> plansOfMarks) {
      QueryBatch batch = new QueryBatch();
      CleanSamples cleanSamples = cleanSamples();
      QueryBatch.Section cleanRows = batch.add(cleanSamples.queries());
      List<MarkPlan.Sections> sections =
          plansOfMarks.stream().map(plan -> plan.addTo(batch)).toList();
      Answers raw = runner.ask(batch.queries());
      ClassOrder order =
          ClassOrder.estimate(cleanSamples, cleanRows.of(raw), samples.classes(), marked);
      if (order.changed()) {
        classOrder = Arrays.stream(order.columns()).boxed().toList();
        notes.add(
            "The suspect's outputs stand for other classes than the held-out data's numbers say;"
                + " it was verified under the order that clean samples show: "
                + classOrder);
      }
      Answers answers = raw.inOrder(order.columns());
      Answers onClean = cleanRows.of(answers);
      clean = cleanSamples.correct(onClean);
      if (order.doubt().isPresent()) {
        return inconclusive(order.doubt().get());
      }
      Optional<String> cause =
          InputDiagnosis.cause(suspect, samples, cleanSamples, clean, order.columns());
      double floor = floor();
      for (int i = 0; i < plansOfMarks.size(); i++) {
        MarkPlan plan = plansOfMarks.get(i);
        int budget = (options.queryBudget() - runner.queries()) / plansOfMarks.size();
        Watermark mark = plan.mark();
        MarkTest test =
            new MarkTest(
                plan,
                options,
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
              samples.classes(), isRegisteredFile(), panelLacking, cause));
    }

    /** Coarse answers have a coarse floor: zero stands for half of the least step. */
    private double floor() {
      double least = Math.log(runner.leastPositive() / 2);
      // In half steps, so that one rounding gives one floor.
      return Math.max(LEAST_FLOOR, Math.floor(2 * least) / 2);
    }

    private void noteAccuracy(Optional<String> cause) {
      double ofPanel = panelAnswers().panel().description().accuracy();
      if (Double.isFinite(ofPanel)
          && Statistics.interval(clean, DecisionRule.TRACES_ALPHA).getUpperBound() < ofPanel) {
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
      return registration
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
      double share = both ? options.alpha() / 2 : options.alpha();
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
      panelLacking.ifPresent(
          lacking ->
              all.add(
                  "There is no sufficient reference panel ("
                      + lacking
                      + "). Then the paper's ceiling takes its place, and no verdict says Owned"));
      return new VerificationFigures(
          figures,
          options.alpha(),
          BasisFigures.topClass(figures, share),
          both ? Optional.of(BasisFigures.probabilities(probabilities, share)) : Optional.empty(),
          clean,
          classOrder,
          runner.labelMode(),
          runner.queries(),
          fresh,
          panel == null ? new PanelDescription("", List.of()) : panel.panel().description(),
          all,
          new VerificationFigures.Origin(
              suspect.identity(),
              key.fingerprint(),
              samples.digest(),
              committed,
              runner.transcriptHash(),
              Versions.library(),
              registration.map(Registration::commitment).orElse(null)));
    }
  }
}
