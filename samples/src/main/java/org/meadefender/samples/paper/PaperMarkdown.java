package org.meadefender.samples.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meadefender.annotations.Combine;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.ModelFigures;
import org.meadefender.internal.Json;
import org.meadefender.internal.WholeFile;
import org.meadefender.samples.log.Provenance;
import org.meadefender.samples.log.RatesJson;
import org.meadefender.verify.WatermarkRates;

/**
 * An audit as lines of results, and these as a table beside the paper's figures.
 *
 * @param combine the combiner of the watermark
 * @param images training images of the owner
 * @param epochs of the owner
 * @param colour whether the images have colours, which tells CIFAR-10 from Fashion-MNIST
 * @param provenance of the program
 */
record PaperMarkdown(
    Combine combine, int images, int epochs, boolean colour, Provenance provenance) {
  private static final String PAPER = "paperSetting";
  private static final String COLOUR = "colour";
  private static final String STEPS = "steps";
  private static final String PLANNED = "plannedSteps";
  private static final String ATTACK = "attack";
  private static final String TITLE = "title";
  private static final String PROTECTED = "protected";
  private static final String UNMARKED = "unmarked";
  private static final String ACCURACY = "accuracy";
  private static final String RATES = "rates";
  private static final String FOUND = "found";
  private static final String NOTHING = "–";

  /** Writes {@code paper.jsonl}, and from it {@code paper.md}, which is returned. */
  Path write(AuditResult result, Path directory) {
    List<JsonNode> lines = lines(result);
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    Path table = directory.resolve("paper.md");
    try {
      Path file = directory.resolve("paper.jsonl");
      WholeFile.write(file, temporary -> Files.writeString(temporary, text));
      WholeFile.write(table, temporary -> Files.writeString(temporary, table(lines)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + table, e);
    }
    return table;
  }

  private List<JsonNode> lines(AuditResult result) {
    List<JsonNode> lines = new ArrayList<>();
    ObjectNode head = Json.object();
    head.put(
        PAPER,
        String.format(
            Locale.ROOT,
            "%s, VGG-like network with three convolutions, %,d training images for the owner and"
                + " as many others for the thief, %d epochs, one seed (%d). Accuracy / WSR in"
                + " percent.",
            combine,
            images,
            epochs,
            result.provenance().seed()));
    head.put(COLOUR, colour);
    head.put(STEPS, result.entries().size());
    head.put(PLANNED, result.plannedSteps());
    head.set(Provenance.FIELD, provenance.toJson());
    lines.add(head);
    for (AuditEntry entry : result.entries()) {
      if (entry.subject() == AuditEntry.Subject.PROTECTED) {
        ObjectNode line = Json.object().put(ATTACK, entry.attack().id()).put(TITLE, entry.title());
        line.set(PROTECTED, json(entry));
        unmarked(result, entry).ifPresent(each -> line.set(UNMARKED, json(each)));
        lines.add(line);
      }
    }
    return lines;
  }

  private static ObjectNode json(AuditEntry entry) {
    ObjectNode json = Json.object();
    ModelFigures model = entry.model();
    if (model == null) {
      return json.put(FOUND, entry.figuresText());
    }
    json.put(ACCURACY, model.accuracy());
    json.set(RATES, RatesJson.of(model.rates()));
    return json;
  }

  private static Optional<AuditEntry> unmarked(AuditResult result, AuditEntry entry) {
    return result.of(entry.attack().id(), AuditEntry.Subject.UNMARKED).stream()
        .filter(each -> each.variant().equals(entry.variant()))
        .findFirst();
  }

  /** Our figures beside the paper's, and those of the same attack on an unmarked model. */
  static String table(List<JsonNode> lines) {
    JsonNode head = lines.get(0);
    List<String> text = new ArrayList<>();
    text.add(Json.text(head, PAPER));
    text.add(
        String.format(
            Locale.ROOT,
            "%d of %d steps are done.",
            Json.integer(head, STEPS),
            Json.integer(head, PLANNED)));
    text.add("");
    text.add("| attack | here | WFPR | spill | unmarked model | paper |");
    text.add("|---|---|---|---|---|---|");
    for (JsonNode line : lines.subList(1, lines.size())) {
      text.add(row(line, head.path(COLOUR).asBoolean()));
    }
    return String.join("\n", text) + "\n";
  }

  private static String row(JsonNode line, boolean colour) {
    JsonNode here = line.path(PROTECTED);
    String rates = NOTHING + " | " + NOTHING;
    if (here.has(RATES)) {
      WatermarkRates all = RatesJson.from(here.path(RATES));
      rates =
          String.format(
              Locale.ROOT, "%.1f | %.1f", 100 * all.falsePositiveRate(), 100 * all.spillRate());
    }
    return String.format(
        "| %s | %s | %s | %s | %s |",
        Json.text(line, TITLE),
        figures(here),
        rates,
        figures(line.path(UNMARKED)),
        PaperFigures.of(Json.text(line, ATTACK), colour));
  }

  private static String figures(JsonNode json) {
    if (json.has(RATES)) {
      return String.format(
          Locale.ROOT,
          "%.1f / %.1f",
          100 * json.path(ACCURACY).asDouble(),
          100 * RatesJson.from(json.path(RATES)).watermarkSuccessRate());
    }
    return json.path(FOUND).asText(NOTHING);
  }
}
