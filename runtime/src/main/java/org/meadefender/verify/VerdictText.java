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
      table.line("binomial p", "%.2g (alpha %.2g)", figures.pValue(), figures.alpha());
      table.line("paired p", "%.2g (alpha %.2g)", figures.pairedPValue(), figures.alpha());
      table.line("rank p", "%.2g (alpha %.2g)", figures.rankPValue(), figures.rankAlpha());
    }
    table.line("accuracy", "%s on clean held-out samples", figures.clean());
    table.line(
        "queries",
        "%d rows, %s labels, suspect %s",
        figures.queries(),
        figures.labelMode().name().toLowerCase(Locale.ROOT),
        figures.origin().suspect());
    return table.text.toString();
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
    if (mark.decoys().independents().rows() > 0) {
      line(
          "  independent",
          "%s; on the best triple %s",
          mark.decoys().independents(),
          mark.decoys().bestOtherTripleOfIndependents());
    }
    line("  null rate p0", "%.1f %%, from %s", 100 * mark.p0(), mark.p0Source());
    line(
        "  rank",
        "%d of %d other triples do as well",
        mark.rank().reaching(),
        mark.rank().decoys());
    line("  secret", "%s", mark.secrecy());
  }

  private void line(String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%n  %-18s ", name))
        .append(String.format(Locale.ROOT, format, values));
  }
}
