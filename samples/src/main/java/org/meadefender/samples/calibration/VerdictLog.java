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
import org.meadefender.samples.log.Provenance;
import org.meadefender.verify.BasisFigures;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.VerificationFigures;

/** Verdicts in a file, line by line, so that a calibration that was stopped goes on. */
final class VerdictLog {
  private final JsonLines lines;
  private static final String SETTINGS = "settings";

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
   * Opens a file to go on with, or creates it.
   *
   * @param settings what the trials depend on
   * @param provenance of the program
   * @throws IllegalArgumentException if the file holds trials with other settings, of another
   *     program or other data
   */
  static VerdictLog open(Path file, String settings, Provenance provenance) {
    VerdictLog log = new VerdictLog(new JsonLines(file));
    List<JsonNode> earlier = log.lines.read();
    if (earlier.isEmpty()) {
      ObjectNode head = Json.object().put(SETTINGS, settings);
      head.set(Provenance.FIELD, provenance.toJson());
      log.lines.add(head);
    } else if (!earlier.get(0).path(SETTINGS).asText("").equals(settings)) {
      throw new IllegalArgumentException(
          log.lines + " is of other settings; choose another directory, or delete it");
    } else if (!provenance.continues(Provenance.from(earlier.get(0)))) {
      throw new IllegalArgumentException(
          log.lines
              + " is of another program, platform or other data; choose another directory, or"
              + " delete it");
    }
    earlier.forEach(log::read);
    return log;
  }

  /** What a file's lines come to, whichever program wrote them: a table in Markdown. */
  static String table(List<JsonNode> lines) {
    VerdictLog log = new VerdictLog(new JsonLines(Path.of("")));
    lines.forEach(log::read);
    return log.table();
  }

  private void read(JsonNode line) {
    if (line.has(SETTINGS)) {
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
