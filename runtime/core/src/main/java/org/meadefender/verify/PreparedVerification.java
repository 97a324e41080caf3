package org.meadefender.verify;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meadefender.reference.PanelDescription;
import org.meadefender.release.NullCertificate;
import org.meadefender.release.Registration;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkFigures.PanelFigures;

/**
 * Rows and reference panel of one claim, ready for any number of suspects; see {@link
 * OwnershipVerifier#prepare}. Not for several threads at a time.
 *
 * @since 0.1.0
 */
public final class PreparedVerification {
  /** Share of a query budget for the first round; the rest is for what it leaves open. */
  private static final double FIRST_ROUND = 0.7;

  /** A mark that one more unrelated model may show so often is refused. */
  private static final double CONFUSABLE = 0.25;

  private final Claim claim;
  private @Nullable ClaimPanel panel;
  private @Nullable List<MarkPlan> plans;

  PreparedVerification(Claim claim) {
    this.claim = claim;
  }

  /**
   * How often reference models answer each mark's secret rows with its target: whether a triple is
   * fit for a watermark shows before anything is trained.
   *
   * @return one entry per mark
   */
  public List<PanelFigures> nullRates() {
    return plans(affordableRows()).stream()
        .map(plan -> PanelFigures.of(plan.panelRates(), claim.options().modelAlpha()))
        .toList();
  }

  /**
   * Checks that unrelated models do not show the marks by nature: before a training, and before a
   * registration.
   *
   * @return this
   * @throws IllegalArgumentException if one more unrelated model may answer a quarter of a mark's
   *     rows with its target; the message names the target that is answered least
   */
  public PreparedVerification refuseConfusable() {
    List<MarkPlan> all = plans(affordableRows());
    for (MarkPlan plan : all) {
      PanelFigures rates = PanelFigures.of(plan.panelRates(), claim.options().modelAlpha());
      if (rates.bound() >= CONFUSABLE) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Reference networks without a mark answer the secret rows of classes %d and %d"
                    + " with the target: mean %.0f %%, highest %s, and one more may reach %.0f %%."
                    + " A verdict could hardly tell a copy from them; choose other sources, or %s",
                plan.mark().spec().sourceA(),
                plan.mark().spec().sourceB(),
                100 * rates.mean(),
                rates.highest(),
                100 * rates.bound(),
                plan.leastConfusableTarget(claim.options().modelAlpha())));
      }
    }
    return this;
  }

  /**
   * What to write into a registration: the pool and what reference networks answer.
   *
   * @param bare the registration without them
   * @throws IllegalArgumentException if the data do not suffice for a reference panel
   */
  public Registration certify(Registration bare) {
    List<PanelFigures> rates = nullRates();
    Optional<String> lacking = claimPanel().lacking();
    if (lacking.isPresent()) {
      throw new IllegalArgumentException(
          "The held-out data do not suffice for a null certificate: " + lacking.get());
    }
    return bare.withHeldOut(
        claim.samples().digest(),
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
    return claimPanel().answers().panel().description();
  }

  /**
   * Verifies a suspect.
   *
   * @param suspect the model under suspicion
   */
  public OwnershipVerdict verify(SuspectModel suspect) {
    CleanSamples clean = claim.cleanSamples();
    SuspectModel settled =
        suspect.settled(way -> InputDiagnosis.accuracy(way, claim.samples(), clean));
    SuspectVerification test = new SuspectVerification(claim, claimPanel(), settled);
    Optional<String> lacking = DecisionRule.lacking(claim.samples(), claim.sources());
    if (lacking.isPresent()) {
      return test.inconclusive(lacking.get());
    }
    int rows = affordableRows();
    if (rows < MarkPlan.leastRows(claim.options().alpha() / 2)) {
      return test.inconclusive(
          "a budget of "
              + claim.options().queryBudget()
              + " queries is too small for this test; allow at least "
              + (long) Math.ceil(firstRound(claim.options().rows()) / FIRST_ROUND));
    }
    try {
      return test.run(plans(rows));
    } catch (SuspectException fault) {
      return test.inconclusive(Objects.requireNonNull(fault.getMessage()));
    }
  }

  private ClaimPanel claimPanel() {
    if (panel == null) {
      panel = ClaimPanel.of(claim.samples(), claim.options());
    }
    return panel;
  }

  private List<MarkPlan> plans(int rows) {
    if (plans == null) {
      PanelAnswers answers = claimPanel().answers();
      plans =
          claim.marks().stream()
              .map(mark -> new MarkPlan(mark, claim.samples(), answers, rows))
              .toList();
    }
    return plans;
  }

  private long firstRound(int rows) {
    int present = claim.samples().presentClasses().length;
    return claim.marks().size() * MarkPlan.plannedRows(rows, present)
        + CleanSamples.plannedRows(present, claim.marked().size());
  }

  private int affordableRows() {
    double most = FIRST_ROUND * claim.options().queryBudget();
    int rows = claim.options().rows();
    while (rows > 0 && firstRound(rows) > most) {
      rows--;
    }
    return rows;
  }
}
