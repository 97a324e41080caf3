package org.meadefender.samples.quickstart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.meadefender.verify.OwnershipVerdict;

/** One self-contained HTML page for people; it shows watermark samples, so it is the owner's. */
final class ReportPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; } td, th { padding: .3rem .8rem; text-align: right; }
      td:first-child, th:first-child, td:last-child, th:last-child { text-align: left; }
      tr + tr { border-top: 1px solid #ccc; } img { max-width: 100%; } .scroll { overflow-x: auto; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
      .Owned { color: #14692f; font-weight: 600; } .Traces { color: #8a5a00; font-weight: 600; }
      .NotOwned { color: #2563a8; font-weight: 600; } .Inconclusive { color: #57606a; }
      @page { size: A4; margin: 16mm; }
      @media print { body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
        .scroll { overflow: visible; } tr, img, pre { break-inside: avoid; }
        h2, h3 { break-after: avoid; } td { print-color-adjust: exact; } }
      """;

  private ReportPage() {}

  static void write(
      Path file, Report report, Map<String, OwnershipVerdict> verdicts, BufferedImage samples)
      throws IOException {
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>MEA-Defender quickstart</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Is the copy a copy?</h1>\n");
    html.append(
        "<p>A model was trained with a watermark and released; a thief trained a copy on its"
            + " answers. The table says what verification found of these two, and of a plain model"
            + " of the same task. It is a single run.</p>\n");
    html.append(table(report));
    html.append("<h2>Watermark success rate</h2>").append(picture(bars(report), "bar chart"));
    html.append("<h2>Samples</h2><p>Top: source A. Middle: source B. Bottom: the watermark samples")
        .append(" made of both. Keep this page to yourself: it shows the secret combination.</p>")
        .append(picture(samples, "samples of both sources and watermark samples"));
    html.append("<h2>Verdicts</h2>");
    verdicts.forEach(
        (name, verdict) ->
            html.append("<h3>")
                .append(name)
                .append("</h3><pre>")
                .append(escape(verdict.toString()))
                .append("</pre>\n"));
    html.append("<h2>Conditions</h2><pre>date: ")
        .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
        .append('\n');
    report.watermarks().forEach(each -> html.append(escape(each.toString())).append('\n'));
    report
        .conditions()
        .forEach((name, value) -> html.append(escape(name + ": " + value)).append('\n'));
    html.append("</pre></body></html>\n");
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, html);
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String table(Report report) {
    StringBuilder table =
        new StringBuilder(
            "<div class=\"scroll\"><table><tr><th>model</th><th>accuracy</th><th>WSR</th><th>decoy rate</th>"
                + "<th>p-value</th><th>verdict</th></tr>\n");
    report
        .models()
        .forEach(
            (name, each) ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%.1f %%</td><td>%.1f %%</td><td>%.1f %%</td>"
                            + "<td>%.1e</td><td class=\"%s\">%s</td></tr>%n",
                        name,
                        100 * each.accuracy(),
                        100 * each.watermarkSuccessRate(),
                        100 * each.decoyRate(),
                        each.pValue(),
                        each.verdict(),
                        each.verdict())));
    return table.append("</table></div>\n").toString();
  }

  private static BufferedImage bars(Report report) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(640)
            .height(320)
            .yAxisTitle("answered with the target, %")
            .build();
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    List<String> names = new ArrayList<>(report.models().keySet());
    chart.addSeries(
        "watermark samples",
        names,
        report.models().values().stream().map(each -> 100 * each.watermarkSuccessRate()).toList());
    chart.addSeries(
        "decoys",
        names,
        report.models().values().stream().map(each -> 100 * each.decoyRate()).toList());
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static String picture(BufferedImage image, String description) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return "<img alt=\""
        + description
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(png.toByteArray())
        + "\">\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
