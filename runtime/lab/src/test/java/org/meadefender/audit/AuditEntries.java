package org.meadefender.audit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meadefender.suspect.Calibration;
import org.meadefender.verify.Rate;
import org.meadefender.verify.SourceAnswers;
import org.meadefender.verify.WatermarkRates;

/** Entries of audits that nobody has run. */
public final class AuditEntries {
  private AuditEntries() {}

  /** Of 1,000 watermark rows so many were answered with the target. */
  public static ModelFigures model(double accuracy, int hits, String verdict) {
    WatermarkRates rates =
        new WatermarkRates(new Rate(hits, 1_000), new Rate(10, 1_000), new Rate(1, 10));
    return new ModelFigures(
        accuracy,
        0.95,
        new Calibration(0.495, 0.042),
        new SourceAnswers(0.227, 0.294),
        rates,
        verdict,
        "the top class");
  }

  /** An entry of an attack's first variant of that name, or without a name. */
  public static AuditEntry entry(
      Attack attack, String variant, AttackOutcome outcome, @Nullable ModelFigures model) {
    AttackScale scale = new AttackScale(4_000, 1, 1, 3, 1, 1);
    CurvePoint curve =
        attack.variants(scale).stream()
            .filter(each -> each.name().equals(variant))
            .findFirst()
            .orElseThrow()
            .curve();
    return new AuditEntry(
        attack.id() + variant + "-protected",
        AttackDescription.of(attack),
        variant,
        AuditEntry.Subject.PROTECTED,
        outcome,
        model,
        curve,
        attack.family() == AttackFamily.EXTRACTION ? 4_000 : 0,
        2,
        1,
        Map.of("figure", 0.5),
        List.of(),
        List.of());
  }

  /** The same with charts and pictures. */
  public static AuditEntry showing(
      AuditEntry entry, List<AttackChart> charts, List<AuditEntry.Picture> pictures) {
    return new AuditEntry(
        entry.id(),
        entry.attack(),
        entry.variant(),
        entry.subject(),
        entry.outcome(),
        entry.model(),
        entry.curve(),
        entry.queries(),
        entry.seconds(),
        entry.seed(),
        entry.figures(),
        charts,
        pictures);
  }

  /** A result of some entries. */
  public static AuditResult result(int plannedSteps, List<AuditEntry> entries) {
    return new AuditResult(
        AuditResult.SCHEMA_VERSION,
        new AuditResult.Provenance(
            "quick",
            new AttackScale(1, 1, 1, 1, 1, 1),
            1,
            "a <script> name",
            "0123",
            "abc",
            "",
            "def",
            Map.of("java", "17")),
        plannedSteps,
        entries);
  }
}
