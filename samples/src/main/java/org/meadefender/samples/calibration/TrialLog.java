package org.meadefender.samples.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.meadefender.release.Json;
import org.meadefender.verify.OwnershipVerdict;

/** Verdicts in a file, line by line, so that a calibration that was stopped goes on. */
final class TrialLog {
  private static final int MAX_BYTES = 64 << 20;

  private final Path file;
  private final Map<String, Map<Long, Trial>> trials = new LinkedHashMap<>();

  /**
   * What is kept of a verdict.
   *
   * @param verdict its name
   * @param wsr watermark success rate
   */
  record Trial(String verdict, double wsr) {}

  private TrialLog(Path file) {
    this.file = file;
  }

  /**
   * Opens a file, or creates it.
   *
   * @param settings what the trials depend on
   * @throws IllegalArgumentException if the file holds trials with other settings
   */
  static TrialLog open(Path file, String settings) {
    TrialLog log = new TrialLog(file);
    try {
      if (!Files.exists(file)) {
        log.write(Json.object().put("settings", settings));
        return log;
      }
      String text = new String(Json.read(file, MAX_BYTES), StandardCharsets.UTF_8);
      // What follows the last line end was cut off while it was written.
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      Files.writeString(file, whole);
      for (String line : whole.lines().toList()) {
        log.read(Json.parse(line.getBytes(StandardCharsets.UTF_8), "a line"), settings);
      }
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private void read(JsonNode line, String settings) {
    if (line.has("settings")) {
      if (!Json.text(line, "settings").equals(settings)) {
        throw new IllegalArgumentException(
            file + " is of other settings; choose another directory, or delete it");
      }
      return;
    }
    put(
        Json.text(line, "trial"),
        line.path("seed").asLong(),
        new Trial(Json.text(line, "verdict"), line.path("wsr").asDouble()));
  }

  private void put(String name, long seed, Trial trial) {
    trials.computeIfAbsent(name, each -> new LinkedHashMap<>()).put(seed, trial);
  }

  /** Runs a trial unless it is in the log. */
  void run(String name, long seed, Supplier<OwnershipVerdict> trial) {
    if (trials.getOrDefault(name, Map.of()).containsKey(seed)) {
      return;
    }
    OwnershipVerdict verdict = trial.get();
    double wsr = verdict.figures().watermarkSuccessRate();
    put(name, seed, new Trial(verdict.name(), wsr));
    ObjectNode line = Json.object();
    line.put("trial", name).put("seed", seed).put("verdict", verdict.name()).put("wsr", wsr);
    line.put("p", verdict.figures().pValue()).put("rankP", verdict.figures().rankPValue());
    write(line);
  }

  private void write(ObjectNode line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** A row for each kind of trial, in Markdown. */
  String table() {
    StringBuilder table = new StringBuilder(Tally.HEAD);
    trials.forEach((name, each) -> table.append(Tally.row(name, each.values())));
    return table.toString();
  }
}
