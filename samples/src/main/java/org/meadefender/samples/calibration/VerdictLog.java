package org.meadefender.samples.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.meadefender.internal.Json;
import org.meadefender.samples.log.JsonLines;
import org.meadefender.verify.BasisFigures;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.VerificationFigures;

/** Verdicts in a file, line by line, so that a calibration that was stopped goes on. */
final class VerdictLog {
  private final JsonLines lines;
  private final Map<String, Map<Long, Entry>> trials = new LinkedHashMap<>();

  /**
   * What is kept of a verdict.
   *
   * @param verdict its name
   * @param wsr watermark success rate
   * @param statistic of probabilities, the highest of its marks; NaN without
   */
  record Entry(String verdict, double wsr, double statistic) {}

  private VerdictLog(JsonLines lines) {
    this.lines = lines;
  }

  /**
   * Opens a file, or creates it.
   *
   * @param settings what the trials depend on
   * @throws IllegalArgumentException if the file holds trials with other settings
   */
  static VerdictLog open(Path file, String settings) {
    VerdictLog log = new VerdictLog(new JsonLines(file));
    List<JsonNode> earlier = log.lines.read();
    if (earlier.isEmpty()) {
      log.lines.add(Json.object().put("settings", settings));
    }
    earlier.forEach(line -> log.read(line, settings));
    return log;
  }

  private void read(JsonNode line, String settings) {
    if (line.has("settings")) {
      if (!Json.text(line, "settings").equals(settings)) {
        throw new IllegalArgumentException(
            lines + " is of other settings; choose another directory, or delete it");
      }
      return;
    }
    put(
        Json.text(line, "trial"),
        line.path("seed").asLong(),
        new Entry(
            Json.text(line, "verdict"),
            line.path("wsr").asDouble(),
            line.path("statistic").asDouble(Double.NaN)));
  }

  private void put(String name, long seed, Entry trial) {
    trials.computeIfAbsent(name, each -> new LinkedHashMap<>()).put(seed, trial);
  }

  /** Runs a trial unless it is in the log. */
  void run(String name, long seed, Supplier<OwnershipVerdict> trial) {
    if (trials.getOrDefault(name, Map.of()).containsKey(seed)) {
      return;
    }
    OwnershipVerdict verdict = trial.get();
    VerificationFigures figures = verdict.figures();
    double wsr = figures.watermarkSuccessRate();
    double statistic =
        figures.marks().stream()
            .flatMap(mark -> mark.probabilities().stream())
            .mapToDouble(ProbabilityFigures::statistic)
            .max()
            .orElse(Double.NaN);
    put(name, seed, new Entry(verdict.name(), wsr, statistic));
    ObjectNode line = Json.object();
    line.put("trial", name).put("seed", seed).put("verdict", verdict.name()).put("wsr", wsr);
    line.put("statistic", statistic);
    figures.bases().forEach(basis -> line.set(basis.basis().name(), json(basis)));
    lines.add(line);
  }

  /** What other levels than today's would have made of it. */
  private static ObjectNode json(BasisFigures basis) {
    return Json.object()
        .put("p", basis.pValue())
        .put("pairedP", basis.pairedPValue())
        .put("rankP", basis.rankPValue());
  }

  /** A row for each kind of trial, in Markdown. */
  String table() {
    StringBuilder table = new StringBuilder(Tally.HEAD);
    trials.forEach((name, each) -> table.append(Tally.row(name, each.values())));
    return table.toString();
  }
}
