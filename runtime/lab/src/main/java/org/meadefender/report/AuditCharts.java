package org.meadefender.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.meadefender.audit.AttackChart;
import org.meadefender.audit.AttackFamily;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditEntry.Subject;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.CurvePoint;
import org.meadefender.audit.ModelFigures;

/** Draws the charts of an audit: what its entries hold, whichever attacks they are of. */
final class AuditCharts {
  private static final int BINS = 20;
  private static final double PERCENT = 100;

  private AuditCharts() {}

  static List<DrawnChart> of(AuditResult result) {
    List<DrawnChart> charts = new ArrayList<>();
    survival(result).ifPresent(charts::add);
    charts.addAll(curves(result));
    charts.addAll(found(result));
    return charts;
  }

  private static Optional<DrawnChart> survival(AuditResult result) {
    XYChart chart = DrawnChart.plane("accuracy, %", "watermark success rate, %");
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    Map<AttackFamily, List<ModelFigures>> families = new LinkedHashMap<>();
    for (AuditEntry entry : result.entries()) {
      ModelFigures model = entry.model();
      if (model != null && entry.subject() == Subject.PROTECTED) {
        families.computeIfAbsent(entry.attack().family(), f -> new ArrayList<>()).add(model);
      }
    }
    families.forEach(
        (family, models) ->
            chart.addSeries(
                name(family),
                models.stream().map(model -> PERCENT * model.accuracy()).toList(),
                models.stream().map(model -> PERCENT * model.successRate()).toList()));
    return families.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DrawnChart.of(
                "Watermark against usefulness",
                "Each point is a model after an attack. A thief wants a point at the lower right:"
                    + " accurate, and without the watermark.",
                chart));
  }

  private static List<DrawnChart> curves(AuditResult result) {
    Map<String, List<AuditEntry>> curves = new LinkedHashMap<>();
    for (AuditEntry entry : result.entries()) {
      CurvePoint point = entry.curve();
      if (point != null && entry.model() != null && entry.subject() == Subject.PROTECTED) {
        curves.computeIfAbsent(point.title(), title -> new ArrayList<>()).add(entry);
      }
    }
    List<DrawnChart> charts = new ArrayList<>();
    curves.values().forEach(entries -> curve(result, entries).ifPresent(charts::add));
    return charts;
  }

  private static Optional<DrawnChart> curve(AuditResult result, List<AuditEntry> entries) {
    CurvePoint first = Objects.requireNonNull(entries.get(0).curve());
    List<AuditEntry> points = new ArrayList<>(entries);
    points.sort(Comparator.comparingDouble(AuditCharts::x));
    if (first.fromUnattacked()) {
      points.addAll(0, unattacked(result));
    }
    if (points.size() < 2) {
      return Optional.empty();
    }
    XYChart chart = DrawnChart.plane(first.axis(), "%");
    List<Double> places = points.stream().map(AuditCharts::x).toList();
    chart.addSeries("watermark success rate", places, percent(points, ModelFigures::successRate));
    chart.addSeries("accuracy", places, percent(points, ModelFigures::accuracy));
    return Optional.of(DrawnChart.of(first.title(), first.explanation(), chart));
  }

  private static List<AuditEntry> unattacked(AuditResult result) {
    return result.entries().stream()
        .filter(entry -> entry.attack().family() == AttackFamily.NONE)
        .filter(entry -> entry.subject() == Subject.PROTECTED && entry.model() != null)
        .toList();
  }

  private static double x(AuditEntry entry) {
    CurvePoint point = entry.curve();
    return point == null ? 0 : point.x();
  }

  private static List<Double> percent(List<AuditEntry> entries, ToDoubleFunction<ModelFigures> of) {
    return entries.stream()
        .map(entry -> PERCENT * of.applyAsDouble(Objects.requireNonNull(entry.model())))
        .toList();
  }

  /** A chart of one attack, as each of the models has it. */
  private record Found(AttackChart chart, Map<Subject, AttackChart> ofSubject) {}

  private static List<DrawnChart> found(AuditResult result) {
    Map<List<String>, Found> found = new LinkedHashMap<>();
    for (AuditEntry entry : result.entries()) {
      for (AttackChart chart : entry.charts()) {
        List<String> key = List.of(entry.attack().id(), entry.variant(), chart.title());
        found
            .computeIfAbsent(key, k -> new Found(chart, new LinkedHashMap<>()))
            .ofSubject()
            .put(entry.subject(), chart);
      }
    }
    List<DrawnChart> charts = new ArrayList<>();
    for (Found each : found.values()) {
      if (each.chart() instanceof AttackChart.Points) {
        each.ofSubject().forEach((subject, chart) -> points(chart, subject).ifPresent(charts::add));
      } else {
        bars(each).ifPresent(charts::add);
      }
    }
    return charts;
  }

  private static Optional<DrawnChart> points(AttackChart chart, Subject subject) {
    XYChart plane = DrawnChart.plane(chart.xAxis(), chart.yAxis());
    plane.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    if (chart instanceof AttackChart.Points points) {
      points.groups().stream()
          .filter(group -> !group.x().isEmpty())
          .forEach(group -> plane.addSeries(group.name(), group.x(), group.y()));
    }
    String title = chart.title() + " (" + subject.text() + ")";
    return plane.getSeriesMap().isEmpty()
        ? Optional.empty()
        : Optional.of(DrawnChart.of(title, chart.explanation(), plane));
  }

  private static Optional<DrawnChart> bars(Found found) {
    CategoryChart bars = DrawnChart.bars(found.chart().xAxis(), found.chart().yAxis());
    found
        .ofSubject()
        .forEach(
            (subject, chart) -> {
              if (chart instanceof AttackChart.Bars each && !each.heights().isEmpty()) {
                List<Integer> classes = IntStream.range(0, each.heights().size()).boxed().toList();
                bars.addSeries(subject.text(), classes, each.heights());
              } else if (chart instanceof AttackChart.Shares each && !each.shares().isEmpty()) {
                bars.addSeries(subject.text(), middles(), histogram(each.shares()));
                bars.getStyler().setXAxisDecimalPattern("0.00");
              }
            });
    return bars.getSeriesMap().isEmpty()
        ? Optional.empty()
        : Optional.of(DrawnChart.of(found.chart().title(), found.chart().explanation(), bars));
  }

  private static List<Double> middles() {
    return IntStream.range(0, BINS).mapToObj(bin -> (bin + 0.5) / BINS).toList();
  }

  /** How many of some shares lie in each of equal bins from 0 to 1. */
  private static List<Integer> histogram(List<Double> shares) {
    int[] counts = new int[BINS];
    for (double share : shares) {
      counts[Math.min(BINS - 1, (int) (share * BINS))]++;
    }
    return IntStream.of(counts).boxed().toList();
  }

  private static String name(AttackFamily family) {
    return switch (family) {
      case NONE -> "no attack";
      case EXTRACTION -> "stolen copies";
      case REMOVAL -> "removal";
      case EVASION -> "changed inputs";
      case DETECTION -> "searches";
    };
  }
}
