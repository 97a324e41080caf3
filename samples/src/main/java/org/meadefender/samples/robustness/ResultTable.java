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
  private static final String HEAD =
      """
      | model | runs | accuracy | log loss | calibration error | p(C\\|A) | p(C\\|B) | triple within, % | without networks, % | WSR | WFPR | spill | null rate | verdict | by the top class | by probabilities | beside a reference |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private ResultTable() {}

  static String of(List<Measured> all) {
    Map<String, Map<String, List<Measured>>> settings = new LinkedHashMap<>();
    for (Measured each : all) {
      settings
          .computeIfAbsent(title(each), setting -> new LinkedHashMap<>())
          .computeIfAbsent(each.model(), model -> new ArrayList<>())
          .add(each);
    }
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (setting, models) -> {
          text.append("## ").append(setting).append("\n\n").append(HEAD);
          models.forEach((model, runs) -> text.append(row(model, runs)));
          text.append('\n').append(runs(models)).append('\n');
        });
    return text.toString();
  }

  /** The setting, and which program measured it: figures of several are not mixed. */
  private static String title(Measured measured) {
    String from = measured.provenance().toString();
    return measured.setting() + (from.isEmpty() ? "" : " (" + from + ")");
  }

  private static String row(String model, List<Measured> runs) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
        model,
        runs.size(),
        percent(runs, Measured::accuracy),
        mean(runs, "%.3f", run -> run.answers().logLoss()),
        mean(runs, "%.3f", run -> run.answers().calibrationError()),
        mean(runs, "%.3f", run -> run.answers().targetGivenA()),
        mean(runs, "%.3f", run -> run.answers().targetGivenB()),
        percent(runs, run -> run.answers().shareBesideNetworks()),
        percent(runs, run -> run.answers().shareAlone()),
        percent(runs, run -> run.rates().watermarkSuccessRate()),
        percent(runs, run -> run.rates().falsePositiveRate()),
        percent(runs, run -> run.rates().spillRate()),
        percent(runs, Measured::nullRate),
        verdicts(runs, Measured::verdict),
        verdicts(runs, run -> verdictOf(run.topClass())),
        verdicts(runs, run -> verdictOf(run.probabilities())),
        verdicts(runs, Measured::beside));
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
      return "–";
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

  /** Each run by itself, with what its training decided. */
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
                                "; %s %.1f / %.1f / %.1f / %.1f%s",
                                model,
                                100 * each.accuracy(),
                                100 * each.rates().watermarkSuccessRate(),
                                100 * each.rates().falsePositiveRate(),
                                100 * each.rates().spillRate(),
                                each.notes()))));
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (run, line) ->
            text.append("- ").append(run).append(": ").append(line.substring(2)).append('\n'));
    return text.toString();
  }
}
