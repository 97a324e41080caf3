package org.meadefender.samples.quickstart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.meadefender.report.VerdictFacts;
import org.meadefender.report.VerdictPage;
import org.meadefender.verify.OwnershipVerdict;

/** One self-contained HTML page for people; it shows watermark samples, so it is the owner's. */
final class ReportPage {
  private static final String OVERVIEW = "overview.svg";

  private static final String STYLE =
      """
      .models td,.models th{text-align:right}
      .models td:first-child,.models th:first-child{text-align:left}
      .models td:last-child,.models th:last-child{text-align:left;padding-left:.8rem}
      .models td,.models th{white-space:nowrap;overflow-wrap:normal}
      .overview svg{width:100%;height:auto}
      .chart{width:640px;max-width:100%;height:auto}
      .samples{max-width:100%;height:auto;image-rendering:pixelated}
      section{border-top:1px solid #d5dae0;margin-top:2rem}
      @media print{.chart{width:130mm}img,svg{break-inside:avoid}}
      """;

  private ReportPage() {}

  /**
   * Writes the page.
   *
   * @param samples of the sources and of the watermark
   * @param classNames by index
   * @param target of the mark, which this page shows
   */
  static void write(
      Path file,
      Report report,
      Map<String, OwnershipVerdict> verdicts,
      BufferedImage samples,
      List<String> classNames,
      int target)
      throws IOException {
    StringBuilder html =
        new StringBuilder(
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>MEA-Defender quickstart</title><style>
            """);
    html.append(VerdictPage.STYLE).append(STYLE).append("</style></head><body><main>\n");
    html.append("<h1>Is the copy a copy?</h1>\n<div class=\"overview\">")
        .append(overview())
        .append(
            "</div>\n<p>A model was trained with a watermark and released. A thief trained a copy")
        .append(" on its answers. The table says what verification found of these two, and of a")
        .append(" plain model of the same task. It is a single run.</p>\n");
    html.append(table(report));
    html.append("<h2>Watermark success rate</h2>\n")
        .append(picture(Chart.of(report.models()), "chart", "bar chart"));
    html.append(
            "<h2>Samples</h2>\n<p>Top: source A. Middle: source B. Bottom: the watermark samples")
        .append(" made of both. Keep this page to yourself: it shows the secret combination.</p>\n")
        .append(picture(samples, "samples", "samples of both sources and watermark samples"));
    verdicts.forEach(
        (name, verdict) -> {
          VerdictFacts facts =
              VerdictFacts.NONE
                  .withSuspectName(name + ".zip")
                  .withClassNames(classNames)
                  .withTargets(List.of(target));
          html.append("<section><h2>Verdict on the ").append(name).append(" model</h2>\n");
          html.append(lower(VerdictPage.section(verdict, facts))).append("</section>\n");
        });
    html.append("<section><h2>Conditions</h2>\n<dl>\n");
    term(html, "date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    report.watermarks().forEach(each -> term(html, "watermark", each.toString()));
    report.conditions().forEach((name, value) -> term(html, name, String.valueOf(value)));
    html.append("</dl></section>\n</main></body></html>\n");
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, html);
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Headings one level down. */
  private static String lower(String section) {
    return section
        .replace("<h3>", "<h4>")
        .replace("</h3>", "</h4>")
        .replace("<h2>", "<h3>")
        .replace("</h2>", "</h3>");
  }

  private static String overview() throws IOException {
    try (InputStream svg = ReportPage.class.getResourceAsStream(OVERVIEW)) {
      if (svg == null) {
        throw new FileNotFoundException(OVERVIEW + " is not on the class path");
      }
      // Within HTML the name space is known, and the page names no address.
      return new String(svg.readAllBytes(), StandardCharsets.UTF_8)
          .replaceFirst(" xmlns=\"[^\"]*\"", "");
    }
  }

  private static String table(Report report) {
    StringBuilder table =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"models\"><thead><tr><th>model</th><th>accuracy</th>"
                + "<th>WSR</th><th>decoy rate</th><th>p-value</th><th>verdict</th></tr></thead><tbody>\n");
    report
        .models()
        .forEach(
            (name, each) ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%.1f %%</td><td>%.1f %%</td><td>%.1f %%</td>"
                            + "<td>%.2g</td><td>%s</td></tr>%n",
                        name,
                        100 * each.accuracy(),
                        100 * each.watermarkSuccessRate(),
                        100 * each.decoyRate(),
                        each.pValue(),
                        each.verdict())));
    return table.append("</tbody></table></div>\n").toString();
  }

  private static void term(StringBuilder html, String name, String value) {
    html.append("<dt>").append(escape(name)).append("</dt><dd>").append(escape(value));
    html.append("</dd>\n");
  }

  private static String picture(BufferedImage image, String kind, String description)
      throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return "<img class=\""
        + kind
        + "\" alt=\""
        + description
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(png.toByteArray())
        + "\">\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
