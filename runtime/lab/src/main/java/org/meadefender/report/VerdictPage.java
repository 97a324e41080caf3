package org.meadefender.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.meadefender.internal.WholeFile;
import org.meadefender.release.Registration;
import org.meadefender.release.TimeStamp;
import org.meadefender.verify.MarkFigures;
import org.meadefender.verify.MarkFigures.Recognition;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.VerificationFigures;

/** A verdict as one HTML file that needs nothing else, with what it shows and what it does not. */
public final class VerdictPage {
  /** Tells such a page from others. */
  public static final String GENERATOR = "content=\"MEA-Defender verdict\"";

  /** The style sheet of pages that hold a {@link #section}. */
  public static final String STYLE = VerdictPageText.STYLE;

  private static final double PERCENT = 100;

  private VerdictPage() {}

  /**
   * Writes the page without further facts; see {@link #write(OwnershipVerdict, VerdictFacts,
   * Path)}.
   */
  public static void write(OwnershipVerdict verdict, Path file) {
    write(verdict, VerdictFacts.NONE, file);
  }

  /**
   * Writes the page.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(OwnershipVerdict verdict, VerdictFacts facts, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, temporary -> Files.writeString(temporary, html(verdict, facts)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The page as text. */
  public static String html(OwnershipVerdict verdict, VerdictFacts facts) {
    VerificationFigures figures = verdict.figures();
    StringBuilder page = new StringBuilder(VerdictPageText.HEAD);
    summary(page, verdict, facts);
    registration(page, facts);
    figures(page, figures, facts);
    page.append(VerdictPageText.MEANING);
    if (!figures.notes().isEmpty()) {
      page.append("<h2>Notes</h2>\n");
    }
    figures.notes().forEach(note -> page.append("<p>").append(Html.text(note)).append("</p>\n"));
    origin(page, figures);
    return page.append("</main></body></html>\n").toString();
  }

  /**
   * The verdict with its marks and tests as a part of a page of several, whose style sheet contains
   * {@link #STYLE}.
   */
  public static String section(OwnershipVerdict verdict, VerdictFacts facts) {
    StringBuilder section = new StringBuilder();
    summary(section, verdict, facts);
    figures(section, verdict.figures(), facts);
    return section.toString();
  }

  private static void figures(StringBuilder page, VerificationFigures figures, VerdictFacts facts) {
    for (int i = 0; i < figures.marks().size(); i++) {
      mark(page, figures.marks().get(i), facts, i);
    }
    if (!figures.marks().isEmpty()) {
      VerdictTestRows.write(page, figures);
    }
  }

  private static void summary(StringBuilder page, OwnershipVerdict verdict, VerdictFacts facts) {
    String name = verdict.name();
    page.append("<div class=\"verdict ")
        .append(name.toLowerCase(Locale.ROOT))
        .append("\"><strong>")
        .append(name.equals("NotOwned") ? "Not owned" : name)
        .append("</strong>")
        .append(Html.text(sentence(verdict)))
        .append("</div>\n<dl>\n");
    facts.written().ifPresent(time -> term(page, "date of this page", Html.date(time)));
    facts.suspectName().ifPresent(file -> term(page, "suspect", file));
    VerificationFigures figures = verdict.figures();
    term(page, facts.suspectName().isPresent() ? "" : "suspect", figures.origin().suspect());
    page.append("</dl>\n");
  }

  private static String sentence(OwnershipVerdict verdict) {
    if (verdict instanceof OwnershipVerdict.Owned owned) {
      return "The suspect carries the owner's watermark, by " + owned.basis() + ".";
    }
    if (verdict instanceof OwnershipVerdict.Traces traces) {
      return "There are traces of the watermark, by "
          + traces.basis()
          + ". They do not suffice for a verdict, and are no ground for an accusation.";
    }
    return verdict instanceof OwnershipVerdict.Inconclusive inconclusive
        ? "The figures allow no verdict: " + inconclusive.reason() + "."
        : "The suspect answers watermark rows as unrelated models do.";
  }

  private static void registration(StringBuilder page, VerdictFacts facts) {
    page.append("<h2>Registration</h2>\n<dl>\n");
    if (facts.registration().isEmpty()) {
      term(page, "registration", VerdictPageText.UNREGISTERED);
    } else {
      Registration registered = facts.registration().get();
      term(page, "commitment", registered.commitment());
      term(page, "made, by its owner's word", Html.date(registered.created()));
      term(page, "of the model", registered.modelName() + ", sha256:" + registered.modelDigest());
      term(
          page,
          "names the held-out samples",
          registered.heldOutDigest().isEmpty()
              ? "no: whoever chose them may have known the suspect"
              : "yes");
      term(
          page,
          "time stamp",
          facts.timeStamp().map(VerdictPage::stamp).orElse(VerdictPageText.UNSTAMPED));
    }
    page.append("</dl>\n");
  }

  private static String stamp(TimeStamp stamp) {
    return Html.date(stamp.time())
        + ", by "
        + stamp.issuer()
        + (stamp.trusted()
            ? ". It is trusted: its certificate leads to one that was named as trusted for this page."
            : ". It is not trusted: no certificate that was named leads to its issuer, and anybody"
                + " can make such a stamp.");
  }

  private static void mark(StringBuilder page, MarkFigures mark, VerdictFacts facts, int place) {
    String target =
        place < facts.targets().size()
            ? facts.className(facts.targets().get(place))
            : "not shown on this page";
    page.append("<h2>Mark ")
        .append(place + 1)
        .append(": ")
        .append(Html.text(facts.className(mark.spec().sourceA())))
        .append(" and ")
        .append(Html.text(facts.className(mark.spec().sourceB())))
        .append("</h2>\n<p>Target: ")
        .append(Html.text(target))
        .append(".</p>\n<div class=\"scroll\"><table><thead><tr><th>rows</th>")
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
    term(
        page,
        "answers",
        figures.queries()
            + " rows that count; "
            + figures.freshQueries()
            + " rows asked now, tries of other formats included; "
            + (figures.labelMode().name().equals("SOFT") ? "probabilities" : "labels only"));
    term(page, "accuracy on plain samples", figures.clean().toString());
    term(page, "key fingerprint", origin.keyFingerprint());
    term(page, "held-out samples, SHA-256", origin.heldOutDigest());
    term(
        page,
        "held-out samples committed to before",
        origin.heldOutCommitted() ? "yes, in the registration" : "no");
    term(
        page,
        "reference models",
        figures.panel().members().size()
            + (figures.panel().dataDigest().isEmpty()
                ? ", supplied by whoever verified"
                : ", trained on data " + figures.panel().dataDigest()));
    term(page, "answers, SHA-256", origin.transcriptHash());
    term(page, "MEA-Defender", origin.version());
    page.append("</dl>\n");
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
