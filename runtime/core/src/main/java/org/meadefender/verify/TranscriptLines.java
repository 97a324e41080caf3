package org.meadefender.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.meadefender.internal.Json;

/** A transcript's lines: first whose answers these are, then one batch a line. */
final class TranscriptLines {
  private static final String SUSPECT = "suspect";
  private static final int MAX_LINE = 1 << 24;

  /** Most probabilities of a batch. */
  private static final long MAX_VALUES = 1 << 22;

  private TranscriptLines() {}

  /**
   * Whose answers these are.
   *
   * @param suspect its identity
   * @param options what determines the rows, in words
   */
  record Subject(String suspect, String options) {}

  /**
   * One batch.
   *
   * @param rows SHA-256 of the rows
   * @param answers what they were answered with
   */
  record Entry(String rows, Answers answers) {}

  static JsonNode parse(String line) {
    if (line.length() > MAX_LINE) {
      throw new IllegalArgumentException("it has a line of more than " + MAX_LINE + " characters");
    }
    return Json.parse(line.getBytes(StandardCharsets.UTF_8), "a line");
  }

  static Subject subject(JsonNode json) {
    if (!json.has(SUSPECT)) {
      throw new IllegalArgumentException("its first line does not name a suspect");
    }
    return new Subject(Json.text(json, SUSPECT), Json.text(json, "options"));
  }

  static Entry entry(JsonNode json) {
    int classes = Json.integer(json, "classes");
    if (classes < 2) {
      throw new IllegalArgumentException("a batch has answers of " + classes + " classes");
    }
    return new Entry(
        Json.text(json, "rows"),
        Answers.of(
            classes,
            json.has("values")
                ? values(Json.text(json, "values"), classes)
                : oneHot(Json.array(json, "tops"), classes)));
  }

  private static float[] values(String base64, int classes) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    if (values.length % classes != 0 || values.length > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a batch has " + values.length + " probabilities of " + classes + " classes");
    }
    return values;
  }

  private static float[] oneHot(JsonNode tops, int classes) {
    if ((long) classes * tops.size() > MAX_VALUES) {
      throw new IllegalArgumentException("a batch has " + tops.size() + " rows of " + classes);
    }
    float[] values = new float[tops.size() * classes];
    for (int row = 0; row < tops.size(); row++) {
      JsonNode top = tops.get(row);
      if (!top.isInt() || top.intValue() < Answers.NONE || top.intValue() >= classes) {
        throw new IllegalArgumentException("an answer is no class");
      }
      if (top.intValue() != Answers.NONE) {
        values[row * classes + top.intValue()] = 1;
      }
    }
    return values;
  }

  static ObjectNode json(Subject subject) {
    ObjectNode json = Json.object();
    json.put(SUSPECT, subject.suspect());
    json.put("options", subject.options());
    return json;
  }

  static ObjectNode json(Entry entry) {
    ObjectNode json = Json.object();
    json.put("rows", entry.rows());
    json.put("classes", entry.answers().classes());
    if (entry.answers().soft()) {
      ByteBuffer bytes = ByteBuffer.allocate(entry.answers().values().length * Float.BYTES);
      bytes.asFloatBuffer().put(entry.answers().values());
      json.put("values", Base64.getEncoder().encodeToString(bytes.array()));
    } else {
      ArrayNode tops = json.putArray("tops");
      for (int row = 0; row < entry.answers().rows(); row++) {
        tops.add(entry.answers().top(row));
      }
    }
    return json;
  }
}
