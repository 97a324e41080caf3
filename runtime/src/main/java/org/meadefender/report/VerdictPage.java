package org.meadefender.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.meadefender.release.WholeFile;
import org.meadefender.verify.BasisFigures;
import org.meadefender.verify.MarkFigures;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.Recognition;
import org.meadefender.verify.VerificationFigures;

/** A verdict as one HTML file that needs nothing else, with what it proves and what it does not. */
public final class VerdictPage {
  /** Tells such a page from others. */
  public static final String GENERATOR = "content=\"MEA-Defender verdict\"";

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="generator" content="MEA-Defender verdict">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Verdict on ownership</title>
      <style>
      body{font:16px/1.5 system-ui,sans-serif;color:#1b1f24;margin:0;background:#fff}
      main{max-width:52rem;margin:0 auto;padding:1rem}
      .summary{font-size:1.2rem;border-left:.3rem solid #2563a8;padding:.5rem 1rem;background:#f2f6fb}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse}
      th,td{text-align:left;padding:.35rem .8rem;border-bottom:1px solid #d5dae0}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
      dd{margin:0;overflow-wrap:anywhere}
      </style></head><body><main>
      <h1>Verdict on ownership</h1>
      """;

  private static final String MEANING =
      """
      <h2>What was done</h2>
      <p>The suspect was asked for held-out samples of two classes, joined in a way that only the
      owner's key determines; a model that was taught so, or learned from one that was, answers a
      third class (the watermark success rate, WSR). It was asked for decoys too: the same samples
      joined in other ways, and other classes joined in the secret way. The watermark counts only if
      it stands out from all decoys on this very model.</p>
      <h2>What it does not prove</h2>
      <p>How the mark got into the suspect, or who put it there. That the key was fixed before the
      suspect was known: a registration with a trusted time stamp shows that. A verdict other than
      Owned does not prove innocence either, for a mark can be lost in a copy.</p>
      """;

  private static final double PERCENT = 100;

  private VerdictPage() {}

  /**
   * Writes the page.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(OwnershipVerdict verdict, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, temporary -> Files.writeString(temporary, html(verdict)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The page as text. */
  public static String html(OwnershipVerdict verdict) {
    VerificationFigures figures = verdict.figures();
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<p class=\"summary\">").append(Html.text(summary(verdict))).append("</p>\n");
    figures.marks().forEach(mark -> mark(page, mark));
    if (!figures.marks().isEmpty()) {
      page.append("<h2>Tests</h2>\n<dl>\n");
      for (BasisFigures basis : figures.bases()) {
        term(page, "by " + basis.basis() + ", p-value", probability(basis.pValue(), basis.alpha()));
        term(
            page,
            "by " + basis.basis() + ", paired p-value",
            probability(basis.pairedPValue(), basis.alpha()));
        term(
            page,
            "by " + basis.basis() + ", rank p-value",
            probability(basis.rankPValue(), basis.rankAlpha()));
      }
      page.append("</dl>\n");
    }
    page.append(MEANING);
    figures.notes().forEach(note -> page.append("<p>").append(Html.text(note)).append("</p>\n"));
    origin(page, figures);
    return page.append("</main></body></html>\n").toString();
  }

  private static String summary(OwnershipVerdict verdict) {
    if (verdict instanceof OwnershipVerdict.Owned owned) {
      return "Owned: the suspect carries the watermark, by " + owned.basis() + ".";
    }
    if (verdict instanceof OwnershipVerdict.Traces traces) {
      return "Traces of the watermark, by "
          + traces.basis()
          + ". They do not suffice for a verdict, and are no ground for an accusation.";
    }
    return verdict instanceof OwnershipVerdict.Inconclusive inconclusive
        ? "Inconclusive: " + inconclusive.reason() + "."
        : "Not owned: the suspect answers as unrelated models do.";
  }

  private static void mark(StringBuilder page, MarkFigures mark) {
    page.append("<h2>Classes ")
        .append(mark.spec().sourceA())
        .append(" and ")
        .append(mark.spec().sourceB())
        .append("</h2>\n<div class=\"scroll\"><table><thead><tr><th>rows</th>")
        .append("<th>answered with the target</th></tr></thead><tbody>\n");
    row(
        page,
        "watermark (WSR)",
        String.format(
            Locale.ROOT,
            "%s; 95 %% interval %.1f to %.1f %%, %d independent",
            mark.watermark(),
            PERCENT * mark.lower(),
            PERCENT * mark.upper(),
            mark.effectiveRows()));
    MarkFigures.DecoyRates decoys = mark.decoys();
    row(page, "the same samples, joined in other ways", decoys.otherCombiners().toString());
    row(page, "the same samples, joined as other keys would", decoys.decoyKeys().toString());
    row(page, "other classes, joined in the secret way", decoys.spill().toString());
    row(page, "classes with one of the two, joined so", decoys.near().toString());
    row(page, "the best other triple of classes", decoys.bestOtherTriple().toString());
    Recognition clean = mark.recognition();
    row(page, "clean samples of source A, answered with A", clean.sourceA().toString());
    row(page, "clean samples of source B, answered with B", clean.sourceB().toString());
    row(page, "clean samples of the target, answered with it", clean.target().toString());
    row(
        page,
        "clean samples of both sources, answered with the target",
        clean.sourcesAsTarget().toString());
    row(
        page,
        "reference models without a mark",
        String.format(
            Locale.ROOT,
            "mean %.1f %%, highest %s; bound for one more %.1f %% (level %.2g)",
            PERCENT * mark.panel().mean(),
            mark.panel().highest(),
            PERCENT * mark.panel().bound(),
            mark.panel().level()));
    row(
        page,
        "null rate p0",
        String.format(Locale.ROOT, "%.1f %%, from %s", PERCENT * mark.p0(), mark.p0Source()));
    row(
        page,
        "other triples that do as well",
        mark.rank().reaching() + " of " + mark.rank().decoys());
    mark.probabilities()
        .ifPresent(
            figures ->
                row(
                    page,
                    "log-probability of the target",
                    String.format(
                        Locale.ROOT,
                        "%.2f, highest reference model %.2f; statistic %.1f, highest of the"
                            + " reference models %.1f; %d of %d decoys do as well",
                        figures.logProbability(),
                        figures.panelLogProbability(),
                        figures.statistic(),
                        figures.highestOfPanel(),
                        figures.rank().reaching(),
                        figures.rank().decoys())));
    row(page, "what is secret about it", mark.secrecy().toString());
    page.append("</tbody></table></div>\n");
  }

  private static void origin(StringBuilder page, VerificationFigures figures) {
    VerificationFigures.Origin origin = figures.origin();
    page.append("<h2>Where these figures come from</h2>\n<dl>\n");
    term(page, "suspect", origin.suspect());
    term(
        page,
        "answers",
        figures.queries()
            + " rows, "
            + figures.freshQueries()
            + " of them asked now, "
            + (figures.labelMode().name().equals("SOFT") ? "probabilities" : "labels only"));
    term(page, "accuracy on plain samples", figures.clean().toString());
    term(page, "key fingerprint", origin.keyFingerprint());
    term(page, "commitment", String.valueOf(origin.commitment()));
    term(page, "held-out samples, SHA-256", origin.heldOutDigest());
    term(
        page,
        "held-out samples committed to before",
        origin.heldOutCommitted() ? "yes, in the registration" : "no");
    term(
        page,
        "reference models",
        figures.panel().members().size() + ", trained on data " + figures.panel().dataDigest());
    term(page, "answers, SHA-256", origin.transcriptHash());
    term(page, "MEA-Defender", origin.version());
    page.append("</dl>\n");
  }

  private static String probability(double p, double alpha) {
    return String.format(Locale.ROOT, "%.2g (needed: at most %.2g)", p, alpha);
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><td>")
        .append(Html.text(name))
        .append("</td><td>")
        .append(Html.text(value))
        .append("</td></tr>\n");
  }

  private static void term(StringBuilder page, String name, String value) {
    page.append("<dt>").append(Html.text(name)).append("</dt><dd>");
    page.append(Html.text(value)).append("</dd>\n");
  }
}
