package org.meadefender.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditEntry.Subject;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.MarkResult;

/** The charts of an audit, each as a PNG picture in a data address. */
final class AuditCharts {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;

  /** Picture pixels per chart pixel, for screens with small pixels. */
  private static final int SHARPNESS = 2;

  private static final int BINS = 20;
  private static final double PERCENT = 100;
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /**
   * A chart.
   *
   * @param title its title
   * @param explanation how to read it
   * @param address its picture as a data address
   */
  record Picture(String title, String explanation, String address) {}

  private AuditCharts() {}

  static List<Picture> of(AuditResult result) {
    List<Picture> charts = new ArrayList<>();
    survival(result).ifPresent(charts::add);
    curve(
            result,
            "Fewer questions",
            "How much of the watermark a copy keeps when the thief may ask less often.",
            "questions",
            List.of(Attack.QUERY_BUDGET, Attack.DISTILLATION),
            entry -> entry.queries())
        .ifPresent(charts::add);
    curve(
            result,
            "Pruning",
            "What remains when the smallest weights are removed.",
            "pruned, %",
            List.of(Attack.NONE, Attack.PRUNING),
            AuditCharts::number)
        .ifPresent(charts::add);
    curve(
            result,
            "Fine-tuning",
            "What remains when all layers train on with other data.",
            "epochs",
            List.of(Attack.NONE, Attack.FINE_TUNING_ALL),
            AuditCharts::number)
        .ifPresent(charts::add);
    for (Subject subject : Subject.values()) {
      projection(result, subject).ifPresent(charts::add);
    }
    anomalies(result).ifPresent(charts::add);
    mixes(result).ifPresent(charts::add);
    return charts;
  }

  private static Optional<Picture> survival(AuditResult result) {
    XYChart chart = xy("accuracy, %", "watermark success rate, %");
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    Map<Attack.Family, List<MarkResult>> families = new LinkedHashMap<>();
    for (AuditEntry entry : result.entries()) {
      MarkResult mark = entry.mark();
      if (mark != null && entry.subject() == Subject.PROTECTED) {
        families.computeIfAbsent(entry.attack().family(), f -> new ArrayList<>()).add(mark);
      }
    }
    families.forEach(
        (family, marks) ->
            chart.addSeries(
                name(family),
                marks.stream().map(mark -> PERCENT * mark.accuracy()).toList(),
                marks.stream().map(mark -> PERCENT * mark.successRate()).toList()));
    return families.isEmpty()
        ? Optional.empty()
        : Optional.of(
            picture(
                "Watermark against usefulness",
                "Each point is a model after an attack. A thief wants a point at the lower right:"
                    + " accurate, and without the watermark.",
                chart));
  }

  private static Optional<Picture> curve(
      AuditResult result,
      String title,
      String explanation,
      String axis,
      List<Attack> attacks,
      ToDoubleFunction<AuditEntry> x) {
    List<AuditEntry> entries =
        attacks.stream()
            .flatMap(attack -> result.of(attack).stream())
            .filter(entry -> entry.mark() != null)
            .sorted(Comparator.comparingDouble(x))
            .toList();
    if (entries.size() < 2) {
      return Optional.empty();
    }
    XYChart chart = xy(axis, "%");
    List<Double> places = entries.stream().map(x::applyAsDouble).toList();
    chart.addSeries("watermark success rate", places, percent(entries, MarkResult::successRate));
    chart.addSeries("accuracy", places, percent(entries, MarkResult::accuracy));
    return Optional.of(picture(title, explanation, chart));
  }

  private static List<Double> percent(List<AuditEntry> entries, ToDoubleFunction<MarkResult> of) {
    return entries.stream()
        .map(entry -> PERCENT * of.applyAsDouble(Objects.requireNonNull(entry.mark())))
        .toList();
  }

  private static Optional<Picture> projection(AuditResult result, Subject subject) {
    List<AuditEntry> entries = result.of(Attack.NONE, subject);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Double>> series = entries.get(0).series();
    XYChart chart = xy("first component", "second component");
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.forEach(
        (name, xs) -> {
          List<Double> ys = series.get("y: " + name.substring(3));
          if (name.startsWith("x: ") && ys != null && !xs.isEmpty()) {
            chart.addSeries(name.substring(3), xs, ys);
          }
        });
    String model = subject == Subject.PROTECTED ? "protected model" : "plain model";
    return chart.getSeriesMap().isEmpty()
        ? Optional.empty()
        : Optional.of(
            picture(
                "What the " + model + " sees",
                "Each point is a sample as the model's last layer sees it, on the plane in which"
                    + " they differ most. In a protected model watermark rows lie with the target"
                    + " class.",
                chart));
  }

  private static Optional<Picture> anomalies(AuditResult result) {
    CategoryChart chart = category("class", "anomaly index");
    for (Subject subject : Subject.values()) {
      for (AuditEntry entry : result.of(Attack.NEURAL_CLEANSE, subject)) {
        List<Double> indices = entry.series().getOrDefault("anomaly index per class", List.of());
        List<Integer> classes = IntStream.range(0, indices.size()).boxed().toList();
        chart.addSeries(
            subject == Subject.PROTECTED ? "protected model" : "plain model", classes, indices);
      }
    }
    return chart.getSeriesMap().isEmpty()
        ? Optional.empty()
        : Optional.of(
            picture(
                "Search for a hidden patch",
                "Neural Cleanse suspects classes with an index above 2 whose patch is small.",
                chart));
  }

  private static Optional<Picture> mixes(AuditResult result) {
    CategoryChart chart =
        category("share of mixes answered as one third class", "pairs of classes");
    for (Subject subject : Subject.values()) {
      for (AuditEntry entry : result.of(Attack.PROBING, subject)) {
        List<Double> shares = entry.series().getOrDefault("PRMS", List.of());
        if (!shares.isEmpty()) {
          chart.addSeries(
              subject == Subject.PROTECTED ? "protected model" : "plain model",
              IntStream.range(0, BINS).mapToObj(bin -> (bin + 0.5) / BINS).toList(),
              histogram(shares));
        }
      }
    }
    chart.getStyler().setXAxisDecimalPattern("0.00");
    return chart.getSeriesMap().isEmpty()
        ? Optional.empty()
        : Optional.of(
            picture(
                "Probing with mixes (PRMS)",
                "A thief who mixes all classes in all known ways looks for pairs far on the right."
                    + " The more pairs lie there, the less they tell.",
                chart));
  }

  /** How many of some shares lie in each of equal bins from 0 to 1. */
  private static List<Integer> histogram(List<Double> shares) {
    int[] counts = new int[BINS];
    for (double share : shares) {
      counts[Math.min(BINS - 1, (int) (share * BINS))]++;
    }
    return IntStream.of(counts).boxed().toList();
  }

  /** The number in a variant such as "30 %"; 0 if there is none. */
  private static double number(AuditEntry entry) {
    Matcher matcher = NUMBER.matcher(entry.variant());
    return matcher.find() ? Double.parseDouble(matcher.group()) : 0;
  }

  private static String name(Attack.Family family) {
    return switch (family) {
      case NONE -> "no attack";
      case EXTRACTION -> "stolen copies";
      case REMOVAL -> "removal";
      case EVASION -> "changed inputs";
      case DETECTION -> "searches";
    };
  }

  private static XYChart xy(String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    plain(chart.getStyler());
    return chart;
  }

  private static CategoryChart category(String x, String y) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    plain(chart.getStyler());
    return chart;
  }

  private static void plain(Styler styler) {
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
  }

  private static Picture picture(String title, String explanation, Chart<?, ?> chart) {
    BufferedImage image =
        new BufferedImage(SHARPNESS * WIDTH, SHARPNESS * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.scale(SHARPNESS, SHARPNESS);
    chart.paint(pen, WIDTH, HEIGHT);
    pen.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot draw the chart " + title, e);
    }
    String address =
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    return new Picture(title, explanation, address);
  }
}
