package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.reference.PanelDescription;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.DecisionRule.Circumstances;
import org.meadefender.verify.MarkFigures.NullSource;
import org.meadefender.verify.MarkFigures.PanelFigures;
import org.meadefender.verify.MarkFigures.Recognition;
import org.meadefender.verify.OwnershipVerdict.Basis;
import org.meadefender.verify.OwnershipVerdict.Inconclusive;
import org.meadefender.verify.OwnershipVerdict.NotOwned;
import org.meadefender.verify.OwnershipVerdict.Owned;
import org.meadefender.verify.OwnershipVerdict.Traces;
import org.meadefender.verify.VerificationFigures.LabelMode;

/** The rule that turns figures into a verdict, test by test. */
class DecisionRuleTest {
  private static final double ALPHA = 5e-7;
  private static final double RANK_ALPHA = 1 / 360.0;
  private static final Circumstances USUAL =
      new Circumstances(10, /* registeredFile= */ false, Optional.empty(), Optional.empty());

  private static final BasisFigures NOTHING =
      new BasisFigures(Basis.TOP_CLASS, 1, 1, ALPHA, 1, RANK_ALPHA);
  private static final BasisFigures EVERYTHING =
      new BasisFigures(Basis.TOP_CLASS, 1e-9, 1e-9, ALPHA, RANK_ALPHA, RANK_ALPHA);

  private static BasisFigures basis(Basis basis, double p, double paired, double rank) {
    return new BasisFigures(basis, p, paired, ALPHA, rank, RANK_ALPHA);
  }

  private static MarkFigures mark(Rate watermark, int effective, Rate sourceA, Rate sourceB) {
    return new MarkFigures(
        WatermarkSpec.of(0, 1, 0.1),
        watermark,
        Math.max(0, watermark.share() - 0.05),
        Math.min(1, watermark.share() + 0.05),
        effective,
        new Recognition(sourceA, sourceB, new Rate(55, 60), new Rate(0, 120)),
        new MarkFigures.DecoyRates(
            Rate.NONE, Rate.NONE, Rate.NONE, 0, Rate.NONE, Rate.NONE, Rate.NONE),
        PanelFigures.of(List.of(), 1e-4),
        0.3,
        NullSource.PANEL,
        1,
        1,
        MarkFigures.Rank.of(359, 3),
        Optional.empty());
  }

  private static VerificationFigures figures(
      MarkFigures mark, Rate clean, BasisFigures topClass, Optional<BasisFigures> probabilities) {
    return new VerificationFigures(
        List.of(mark),
        2 * ALPHA,
        topClass,
        probabilities,
        clean,
        List.of(),
        LabelMode.SOFT,
        2000,
        2000,
        new PanelDescription("", List.of()),
        List.of(),
        new VerificationFigures.Origin("suspect", "", "", false, "", "", null));
  }

  private static VerificationFigures figures(
      BasisFigures topClass, Optional<BasisFigures> probabilities) {
    Rate good = new Rate(55, 60);
    return figures(
        mark(new Rate(200, 1000), 500, good, good), new Rate(110, 120), topClass, probabilities);
  }

  private static OwnershipVerdict of(BasisFigures topClass) {
    return DecisionRule.of(figures(topClass, Optional.empty()), USUAL);
  }

  /** One test that fails is enough. */
  @ParameterizedTest
  @CsvSource({
    "4.9e-7, 4.9e-7, 0.0027, Owned",
    "5.1e-7, 4.9e-7, 0.0027, Traces",
    "4.9e-7, 5.1e-7, 0.0027, Traces",
    "4.9e-7, 4.9e-7, 0.0056, Inconclusive",
    "9.9e-4, 9.9e-4, 0.0027, Traces",
    "1.1e-3, 9.9e-4, 0.0027, NotOwned",
    "9.9e-4, 1.1e-3, 0.0027, NotOwned",
    "9.9e-4, 9.9e-4, 0.0056, NotOwned",
    "1, 1, 1, NotOwned"
  })
  void allTestsOfABasisMustPass(double p, double paired, double rank, String verdict) {
    assertThat(of(basis(Basis.TOP_CLASS, p, paired, rank)).name()).isEqualTo(verdict);
  }

  /** The bound for one more model is at another level than exact tests. */
  @ParameterizedTest
  @CsvSource({
    "9.9e-3, 9.9e-4, 0.0027, Traces",
    "1.1e-2, 9.9e-4, 0.0027, NotOwned",
    "9.9e-3, 1.1e-3, 0.0027, NotOwned",
    "9.9e-3, 9.9e-4, 0.0056, NotOwned",
    "5.1e-7, 4.9e-7, 0.0027, Traces",
    "4.9e-7, 4.9e-7, 0.0027, Owned"
  })
  void probabilitiesHaveALevelOfTheirOwn(double p, double paired, double rank, String verdict) {
    BasisFigures soft = basis(Basis.PROBABILITIES, p, paired, rank);
    assertThat(DecisionRule.of(figures(NOTHING, Optional.of(soft)), USUAL).name())
        .isEqualTo(verdict);
  }

  @Test
  void eitherBasisSuffices() {
    BasisFigures soft = basis(Basis.PROBABILITIES, 1e-7, 1e-7, 0.002);
    OwnershipVerdict verdict = DecisionRule.of(figures(NOTHING, Optional.of(soft)), USUAL);
    assertThat(verdict).isInstanceOf(Owned.class);
    assertThat(verdict.basisOfClaim()).contains(Basis.PROBABILITIES);
    assertThat(DecisionRule.of(figures(EVERYTHING, Optional.of(soft)), USUAL).basisOfClaim())
        .contains(Basis.TOP_CLASS);
    BasisFigures weak = basis(Basis.PROBABILITIES, 1e-4, 1e-7, 0.002);
    OwnershipVerdict traces = DecisionRule.of(figures(NOTHING, Optional.of(weak)), USUAL);
    assertThat(traces).isInstanceOf(Traces.class);
    assertThat(traces.basisOfClaim()).contains(Basis.PROBABILITIES);
    assertThat(traces.isOwned()).isFalse();
  }

  @Test
  void nothingIsOwnedWithoutAPanel() {
    Circumstances none =
        new Circumstances(10, false, Optional.of("a handful of samples"), Optional.empty());
    OwnershipVerdict verdict = DecisionRule.of(figures(EVERYTHING, Optional.empty()), none);
    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(((Inconclusive) verdict).reason())
        .contains("a handful of samples", "prepared claim");
    BasisFigures traces = basis(Basis.TOP_CLASS, 1e-4, 1e-4, 0.002);
    assertThat(DecisionRule.of(figures(traces, Optional.empty()), none))
        .isInstanceOf(NotOwned.class);
  }

  @Test
  void aSuspectNearChanceIsNeitherOwnedNorNot() {
    Rate good = new Rate(55, 60);
    VerificationFigures chance =
        figures(
            mark(new Rate(1000, 1000), 500, good, good),
            new Rate(12, 120),
            EVERYTHING,
            Optional.empty());
    assertThat(DecisionRule.of(chance, USUAL).toString()).contains("near chance (10 %)");
    Circumstances scaled =
        new Circumstances(10, false, Optional.empty(), Optional.of("divide by 255"));
    assertThat(DecisionRule.of(chance, scaled).toString()).contains("near chance", "divide by 255");
    assertThat(DecisionRule.of(figures(NOTHING, Optional.empty()), scaled))
        .isInstanceOf(Inconclusive.class);
    assertThat(DecisionRule.of(figures(EVERYTHING, Optional.empty()), scaled).isOwned()).isTrue();
  }

  @Test
  void sourcesMustBeRecognised() {
    Rate good = new Rate(55, 60);
    Rate bad = new Rate(15, 60);
    Rate clean = new Rate(110, 120);
    for (MarkFigures mark :
        List.of(
            mark(new Rate(1000, 1000), 500, bad, good),
            mark(new Rate(1000, 1000), 500, good, bad))) {
      OwnershipVerdict verdict =
          DecisionRule.of(figures(mark, clean, EVERYTHING, Optional.empty()), USUAL);
      assertThat(verdict).isInstanceOf(Inconclusive.class);
      assertThat(((Inconclusive) verdict).reason())
          .contains(
              "source class " + (mark.recognition().sourceA().equals(bad) ? 0 : 1),
              "25.0 % (15/60)");
    }
  }

  @Test
  void theRegisteredFileNeverAnswersAsUnrelatedModelsDo() {
    Circumstances own = new Circumstances(10, true, Optional.empty(), Optional.empty());
    OwnershipVerdict verdict = DecisionRule.of(figures(NOTHING, Optional.empty()), own);
    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(verdict.toString()).contains("the registered model itself");
    assertThat(DecisionRule.of(figures(EVERYTHING, Optional.empty()), own).isOwned()).isTrue();
  }

  @Test
  void whatMayBeACopyIsNotAcquitted() {
    Rate good = new Rate(55, 60);
    VerificationFigures high =
        figures(
            mark(new Rate(660, 1000), 500, good, good),
            new Rate(110, 120),
            NOTHING,
            Optional.empty());
    OwnershipVerdict verdict = DecisionRule.of(high, USUAL);
    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(verdict.toString()).contains("natural for the task");
    VerificationFigures low =
        figures(
            mark(new Rate(640, 1000), 500, good, good),
            new Rate(110, 120),
            NOTHING,
            Optional.empty());
    assertThat(DecisionRule.of(low, USUAL)).isInstanceOf(NotOwned.class);
    VerificationFigures few =
        figures(
            mark(new Rate(10, 100), 20, good, good), new Rate(110, 120), NOTHING, Optional.empty());
    assertThat(DecisionRule.of(few, USUAL).toString())
        .contains("only 20 distinct samples", "at least 21");
  }
}
