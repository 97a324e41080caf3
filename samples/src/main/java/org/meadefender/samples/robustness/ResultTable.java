package org.meadefender.samples.robustness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Means over the runs of each setting and program, with the lowest and the highest, in Markdown.
 */
final class ResultTable {
  private static final String NONE = "–";

  /** What a column has of the runs of one model, by its head. */
  private static final Map<String, Function<List<Measured>, String>> COLUMNS =
      new LinkedHashMap<>();

  static {
    COLUMNS.put("runs", runs -> Integer.toString(runs.size()));
    COLUMNS.put("accuracy", runs -> percent(runs, Measured::accuracy));
    COLUMNS.put("log loss", runs -> mean(runs, "%.3f", run -> run.answers().logLoss()));
    COLUMNS.put(
        "calibration error", runs -> mean(runs, "%.3f", run -> run.answers().calibrationError()));
    COLUMNS.put("p(C\\|A)", runs -> mean(runs, "%.3f", run -> run.answers().targetGivenA()));
    COLUMNS.put("p(C\\|B)", runs -> mean(runs, "%.3f", run -> run.answers().targetGivenB()));
    COLUMNS.put(
        "triple within, %", runs -> percent(runs, run -> run.answers().shareBesideNetworks()));
    COLUMNS.put("without networks, %", runs -> percent(runs, run -> run.answers().shareAlone()));
    COLUMNS.put("WSR", runs -> percent(runs, run -> run.rates().watermarkSuccessRate()));
    COLUMNS.put("WFPR", runs -> percent(runs, run -> run.rates().falsePositiveRate()));
    COLUMNS.put("spill", runs -> percent(runs, run -> run.rates().spillRate()));
    COLUMNS.put("null rate", runs -> percent(runs, Measured::nullRate));
    COLUMNS.put("verdict", runs -> verdicts(runs, Measured::verdict));
    COLUMNS.put("by the top class", runs -> verdicts(runs, run -> verdictOf(run.topClass())));
    COLUMNS.put("by probabilities", runs -> verdicts(runs, run -> verdictOf(run.probabilities())));
    COLUMNS.put("beside a reference", runs -> verdicts(runs, Measured::beside));
  }

  private ResultTable() {}

  static String of(List<Measured> all) {
    Map<String, Map<String, List<Measured>>> settings = new LinkedHashMap<>();
    Map<String, String> titles = new LinkedHashMap<>();
    for (Measured each : all) {
      String origin = each.provenance().key(each.setting());
      titles.putIfAbsent(origin, title(each));
      settings
          .computeIfAbsent(origin, setting -> new LinkedHashMap<>())
          .computeIfAbsent(each.model(), model -> new ArrayList<>())
          .add(each);
    }
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (origin, models) -> {
          text.append("## ").append(titles.get(origin)).append("\n\n").append(table(models));
          text.append('\n').append(runs(models)).append('\n');
        });
    return text.toString();
  }

  /** The setting, and which program measured it: figures of several programs are not mixed. */
  private static String title(Measured measured) {
    String from = measured.provenance().toString();
    return measured.setting() + (from.isEmpty() ? "" : "\n\nMeasured by " + from + ".");
  }

  /** Columns that no run has a figure for are left out. */
  private static String table(Map<String, List<Measured>> models) {
    StringBuilder head = new StringBuilder("| model |");
    StringBuilder rule = new StringBuilder("|---|");
    Map<String, StringBuilder> rows = new LinkedHashMap<>();
    models.keySet().forEach(model -> rows.put(model, new StringBuilder("| " + model + " |")));
    COLUMNS.forEach(
        (name, column) -> {
          Map<String, String> cells = new LinkedHashMap<>();
          models.forEach((model, runs) -> cells.put(model, column.apply(runs)));
          if (cells.values().stream().anyMatch(cell -> !cell.isEmpty() && !cell.equals(NONE))) {
            head.append(' ').append(name).append(" |");
            rule.append("---|");
            rows.forEach((model, row) -> row.append(' ').append(cells.get(model)).append(" |"));
          }
        });
    StringBuilder table = head.append('\n').append(rule).append('\n');
    rows.values().forEach(row -> table.append(row).append('\n'));
    return table.toString();
  }

  private static String verdictOf(String basis) {
    return basis.replaceFirst(":.*", "");
  }

  private static String percent(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    return mean(runs, "%.1f", run -> 100 * figure.applyAsDouble(run));
  }

  /** Over the runs that have the figure. */
  private static String mean(
      List<Measured> runs, String format, ToDoubleFunction<Measured> figure) {
    var figures =
        runs.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value)).summaryStatistics();
    if (figures.getCount() == 0) {
      return NONE;
    }
    return figures.getCount() == 1
        ? String.format(Locale.ROOT, format, figures.getAverage())
        : String.format(
            Locale.ROOT,
            format + " (" + format + "–" + format + ")",
            figures.getAverage(),
            figures.getMin(),
            figures.getMax());
  }

  private static String verdicts(List<Measured> runs, Function<Measured, String> verdictOf) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    runs.stream()
        .map(verdictOf)
        .filter(verdict -> !verdict.isEmpty())
        .forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
    List<String> texts = new ArrayList<>();
    counts.forEach((verdict, count) -> texts.add(count + " " + verdict));
    return String.join(", ", texts);
  }

  /** Each run by itself, a model a line, with what its training decided. */
  private static String runs(Map<String, List<Measured>> models) {
    Map<String, StringBuilder> lines = new LinkedHashMap<>();
    models.forEach(
        (model, runs) ->
            runs.forEach(
                each ->
                    lines
                        .computeIfAbsent(each.run(), run -> new StringBuilder())
                        .append(
                            String.format(
                                Locale.ROOT,
                                ";\n  %s %.1f / %.1f / %.1f / %.1f%s",
                                model,
                                100 * each.accuracy(),
                                100 * each.rates().watermarkSuccessRate(),
                                100 * each.rates().falsePositiveRate(),
                                100 * each.rates().spillRate(),
                                each.notes()))));
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (run, line) ->
            text.append("- ").append(run).append(":").append(line.substring(1)).append('\n'));
    return text.toString();
  }
}
