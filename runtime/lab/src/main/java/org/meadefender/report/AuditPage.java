package org.meadefender.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.meadefender.audit.AttackFamily;
import org.meadefender.audit.AttackOutcome;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditEntry.Subject;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.ModelFigures;
import org.meadefender.internal.WholeFile;

/** An audit as one HTML file that needs nothing else, for readers who never heard of watermarks. */
public final class AuditPage {
  private static final double PERCENT = 100;

  private AuditPage() {}

  /**
   * Writes the page.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(AuditResult result, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(
          file, temporary -> Files.writeString(temporary, html(result, Html.date(Instant.now()))));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The page as text. */
  public static String html(AuditResult result) {
    return html(result, "");
  }

  private static String html(AuditResult result, String date) {
    StringBuilder page = new StringBuilder(AuditPageText.HEAD);
    boolean open = attacked(result).isEmpty() || !result.complete();
    page.append("<p class=\"summary ")
        .append(lost(result) > 0 ? "lost" : open ? "open" : "kept")
        .append("\">")
        .append(Html.text(summary(result)))
        .append("</p>\n");
    page.append(AuditPageText.INTRODUCTION);
    page.append("<h2>Attacks on the model</h2>\n");
    table(page, result, Subject.PROTECTED);
    searches(page, result);
    AnswersTable.append(page, result);
    page.append("<h2>Pictures</h2>\n");
    AuditCharts.of(result).forEach(chart -> chart(page, chart));
    result.entries().forEach(entry -> pictures(page, entry));
    if (result.entries().stream().anyMatch(entry -> entry.subject() == Subject.UNMARKED)) {
      page.append("<h2>The same on an unmarked model</h2>\n<p>A model of the same task without a")
          .append(" watermark, for comparison: it should hardly answer watermark rows as the")
          .append(" protected one does.</p>\n");
      table(page, result, Subject.UNMARKED);
    }
    provenance(page, result, date);
    return page.append("</main></body></html>\n").toString();
  }

  /** One sentence that says what the audit found. */
  static String summary(AuditResult result) {
    List<AuditEntry> attacked = attacked(result);
    long lost = lost(result);
    String state = result.complete() ? "" : "This audit has not finished yet. ";
    if (attacked.isEmpty()) {
      return state + "No attack has been tried so far.";
    }
    String verdict =
        lost == 0
            ? "Verification says Owned after every attack that left the model useful ("
                + attacked.size()
                + " tried)."
            : lost
                + " of "
                + attacked.size()
                + " attacks left a useful model of which verification does not say Owned any more.";
    return state + verdict + worst(attacked);
  }

  private static List<AuditEntry> attacked(AuditResult result) {
    return result.entries().stream().filter(AuditEntry::attacked).toList();
  }

  private static long lost(AuditResult result) {
    return result.entries().stream().filter(AuditEntry::lost).count();
  }

  private static String worst(List<AuditEntry> attacked) {
    Optional<AuditEntry> worst =
        attacked.stream()
            .filter(entry -> entry.outcome() != AttackOutcome.RUINED)
            .min(Comparator.comparingDouble(entry -> model(entry).successRate()));
    return worst
        .map(
            entry ->
                " The most harmful one was \""
                    + entry.title()
                    + "\": the watermark was then recognised in "
                    + percent(model(entry).successRate())
                    + " of the trials.")
        .orElse("");
  }

  private static void table(StringBuilder page, AuditResult result, Subject subject) {
    page.append(AuditPageText.TABLE_HEAD);
    for (AuditEntry entry : result.entries()) {
      ModelFigures model = entry.model();
      if (entry.subject() == subject && model != null) {
        page.append("<tr class=\"")
            .append(entry.outcome().name().toLowerCase(Locale.ROOT))
            .append("\"><td title=\"")
            .append(Html.text(entry.attack().explanation()))
            .append("\">")
            .append(Html.text(entry.title()))
            .append("</td>");
        cell(page, percent(model.accuracy()));
        cell(page, percent(model.fidelity()));
        cell(
            page,
            percent(model.successRate())
                + " <small>("
                + percent(model.low())
                + " to "
                + percent(model.high())
                + ")</small>");
        cell(page, percent(model.rates().falsePositiveRate()));
        cell(page, percent(model.rates().spillRate()));
        cell(page, Html.text(entry.outcome().text()));
        cell(page, entry.queries() == 0 ? "" : String.format(Locale.ROOT, "%,d", entry.queries()));
        cell(page, String.format(Locale.ROOT, "%.0f s", entry.seconds()));
        page.append("</tr>\n");
      }
    }
    page.append("</tbody></table></div>\n");
  }

  private static void searches(StringBuilder page, AuditResult result) {
    List<AuditEntry> searches =
        result.entries().stream()
            .filter(entry -> entry.attack().family() == AttackFamily.DETECTION)
            .toList();
    if (searches.isEmpty()) {
      return;
    }
    page.append("<h2>Searches for the watermark</h2>\n<ul>\n");
    for (AuditEntry entry : searches) {
      String model = entry.subject() == Subject.PROTECTED ? "" : " on the unmarked model";
      page.append("<li><b>").append(Html.text(entry.title() + model)).append("</b> (");
      page.append(Html.text(entry.attack().explanation())).append("): ");
      page.append(Html.text(entry.outcome().text())).append(": ");
      page.append(Html.text(entry.figuresText())).append("</li>\n");
    }
    page.append("</ul>\n");
  }

  private static void chart(StringBuilder page, DrawnChart chart) {
    page.append("<figure><figcaption><b>")
        .append(Html.text(chart.title()))
        .append(".</b> ")
        .append(Html.text(chart.explanation()))
        .append("</figcaption><img class=\"chart\" alt=\"")
        .append(Html.text(chart.title()))
        .append("\" src=\"")
        .append(chart.address())
        .append("\"></figure>\n");
  }

  private static void pictures(StringBuilder page, AuditEntry entry) {
    if (entry.subject() != Subject.PROTECTED || entry.pictures().isEmpty()) {
      return;
    }
    String title =
        entry.attack().family() == AttackFamily.NONE
            ? "Samples and watermark rows"
            : "What " + entry.title() + " found";
    page.append("<h3>").append(Html.text(title)).append("</h3>\n<div class=\"samples\">\n");
    for (AuditEntry.Picture picture : entry.pictures()) {
      String caption = Html.text(picture.caption());
      page.append("<figure><img alt=\"")
          .append(caption)
          .append("\" src=\"data:image/png;base64,")
          .append(picture.png())
          .append("\"><figcaption>")
          .append(caption)
          .append("</figcaption></figure>\n");
    }
    page.append("</div>\n");
  }

  private static void provenance(StringBuilder page, AuditResult result, String date) {
    AuditResult.Provenance from = result.provenance();
    page.append("<h2>Where these figures come from</h2>\n<dl>\n");
    if (!date.isEmpty()) {
      term(page, "date of this page", date);
    }
    term(page, "plan", from.plan());
    term(page, "seed", Long.toString(from.seed()));
    term(page, "watermark", from.spec());
    term(page, "key fingerprint", from.keyFingerprint());
    term(page, "model, SHA-256", from.modelDigest());
    term(page, "data, SHA-256", from.dataDigest());
    from.versions().forEach((name, version) -> term(page, name, version));
    page.append("</dl>\n");
  }

  private static void term(StringBuilder page, String name, String value) {
    page.append("<dt>").append(Html.text(name)).append("</dt><dd>");
    page.append(Html.text(value)).append("</dd>\n");
  }

  private static void cell(StringBuilder page, String html) {
    page.append("<td>").append(html).append("</td>");
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f\u00a0%%", PERCENT * share);
  }

  private static ModelFigures model(AuditEntry entry) {
    return Objects.requireNonNull(entry.model());
  }
}
