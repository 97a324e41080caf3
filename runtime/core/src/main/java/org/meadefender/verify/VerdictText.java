package org.meadefender.verify;

import java.util.Locale;

/** A verdict as a short table. */
final class VerdictText {
  private final StringBuilder text = new StringBuilder();

  private VerdictText() {}

  static String of(String outcome, String reason, VerificationFigures figures) {
    VerdictText table = new VerdictText();
    table.text.append(outcome).append(": ").append(reason);
    for (MarkFigures mark : figures.marks()) {
      table.mark(mark);
    }
    if (!figures.marks().isEmpty()) {
      figures.bases().forEach(table::basis);
    }
    table.line(
        "panel",
        "%d reference models, mean accuracy %s",
        figures.panel().members().size(),
        percent(figures.panel().accuracy()));
    table.line("accuracy", "%s on clean held-out samples", figures.clean());
    table.line(
        "queries",
        "%d rows, %d of them now, %s labels, suspect %s",
        figures.queries(),
        figures.freshQueries(),
        figures.labelMode().name().toLowerCase(Locale.ROOT),
        figures.origin().suspect());
    table.line(
        "held-out pool",
        "%s, %s",
        figures.origin().heldOutDigest(),
        figures.origin().heldOutCommitted()
            ? "registered before"
            : "not registered: whoever chose it may have known the suspect");
    figures.notes().forEach(note -> table.line("note", "%s", note));
    return table.text.toString();
  }

  private void basis(BasisFigures basis) {
    line(
        basis.basis().toString(),
        "p %.2g, paired p %.2g (alpha %.2g); rank p %.2g (alpha %.2g)",
        basis.pValue(),
        basis.pairedPValue(),
        basis.alpha(),
        basis.rankPValue(),
        basis.rankAlpha());
  }

  private void mark(MarkFigures mark) {
    line("mark", "classes %d and %d", mark.spec().sourceA(), mark.spec().sourceB());
    line(
        "  WSR",
        "%s, 95 %% interval %.1f to %.1f %%, effective n %d",
        mark.watermark(),
        100 * mark.lower(),
        100 * mark.upper(),
        mark.effectiveRows());
    line(
        "  reference panel",
        "mean %s, highest %s, bound for one more model %s (level %.2g)",
        percent(mark.panel().mean()),
        mark.panel().highest(),
        percent(mark.panel().bound()),
        mark.panel().level());
    line("  other combiners", "%s", mark.decoys().otherCombiners());
    line("  other keys", "%s", mark.decoys().decoyKeys());
    line(
        "  equal keys",
        "%s; %.0f %% of random keys combine nearly alike",
        mark.decoys().equivalentKeys(),
        100 * mark.decoys().shareOfEquivalentKeys());
    line("  other pairs", "%s", mark.decoys().spill());
    line("  near pairs", "%s", mark.decoys().near());
    line("  best triple", "%s", mark.decoys().bestOtherTriple());
    line(
        "  clean samples",
        "A %s, B %s, target %s; sources answered with the target %s",
        mark.recognition().sourceA(),
        mark.recognition().sourceB(),
        mark.recognition().target(),
        mark.recognition().sourcesAsTarget());
    line("  null rate p0", "%.1f %%, from %s", 100 * mark.p0(), mark.p0Source());
    line(
        "  rank",
        "%d of %d other triples do as well",
        mark.rank().reaching(),
        mark.rank().decoys());
    mark.probabilities()
        .ifPresent(
            figures ->
                line(
                    "  log-probability",
                    "%.2f, highest of the panel %.2f; statistic %.1f, highest of the panel %.1f"
                        + " (spread %.2f, tails of t with %.0f degrees of freedom); %d of %d"
                        + " decoys do as well",
                    figures.logProbability(),
                    figures.panelLogProbability(),
                    figures.statistic(),
                    figures.highestOfPanel(),
                    figures.spread(),
                    figures.degreesOfFreedom(),
                    figures.rank().reaching(),
                    figures.rank().decoys()));
    line("  secret", "%s", mark.secrecy());
  }

  private static String percent(double share) {
    return Double.isFinite(share)
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share)
        : "not measured";
  }

  private void line(String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%n  %-18s ", name))
        .append(String.format(Locale.ROOT, format, values));
  }
}
