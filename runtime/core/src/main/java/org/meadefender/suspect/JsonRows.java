package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Samples as JSON, and answers out of whatever JSON servers make of them. */
final class JsonRows {
  private static final Set<String> LABEL = Set.of("label", "class", "class_name", "name");
  private static final Set<String> SCORE =
      Set.of("score", "probability", "confidence", "prob", "value");

  private JsonRows() {}

  /** Nested arrays, row by row. */
  static JsonNode of(INDArray samples) {
    return of(samples, false);
  }

  /**
   * Nested arrays, row by row.
   *
   * @param whole whether numbers are rounded and written without a fraction
   */
  static JsonNode of(INDArray samples, boolean whole) {
    float[] values = samples.castTo(DataType.FLOAT).dup('c').data().asFloat();
    return nested(values, whole, samples.shape(), 0, new int[1]);
  }

  private static JsonNode nested(
      float[] values, boolean whole, long[] shape, int axis, int[] place) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode((int) shape[axis]);
    for (long i = 0; i < shape[axis]; i++) {
      if (axis < shape.length - 1) {
        array.add(nested(values, whole, shape, axis + 1, place));
      } else if (whole) {
        array.add(Math.round(values[place[0]++]));
      } else {
        array.add(values[place[0]++]);
      }
    }
    return array;
  }

  /**
   * Reads answers: numbers or text, bare or nested; {@code {label, score}} objects; objects of
   * scores by label; objects of several outputs, for each row or for all.
   *
   * @throws IllegalArgumentException if they are something else
   */
  static Map<String, Output> read(JsonNode answers, int rows, ClassLabels labels) {
    Map<String, Output> outputs = new TreeMap<>();
    if (answers.isObject() && !isScored(answers) && !isScores(answers, labels)) {
      answers.properties().forEach(each -> add(outputs, each.getKey(), each.getValue(), rows));
    } else if (isTable(answers, rows, labels)) {
      Map<String, ArrayNode> columns = new LinkedHashMap<>();
      for (JsonNode row : answers) {
        row.properties()
            .forEach(
                each ->
                    columns
                        .computeIfAbsent(
                            each.getKey(), name -> JsonNodeFactory.instance.arrayNode())
                        .add(each.getValue()));
      }
      columns.forEach((name, column) -> add(outputs, name, column, rows));
    } else {
      outputs.put("", column(answers, rows));
    }
    return outputs;
  }

  /** Members that are of no use, as model versions and times, are left out. */
  private static void add(Map<String, Output> outputs, String name, JsonNode values, int rows) {
    try {
      outputs.put(name, column(values, rows));
    } catch (IllegalArgumentException unusable) {
      // Whoever needs it finds it missing among the others.
    }
  }

  private static boolean isTable(JsonNode answers, int rows, ClassLabels labels) {
    if (!answers.isArray() || answers.size() != rows) {
      return false;
    }
    for (JsonNode row : answers) {
      if (!row.isObject() || isScored(row) || isScores(row, labels)) {
        return false;
      }
    }
    return true;
  }

  private static Output column(JsonNode values, int rows) {
    if (values.isArray() && values.size() > 0 && holdsObjects(values.get(0))) {
      // One row may be answered without an array around it.
      boolean single = rows == 1 && isScored(values.get(0)) && values.size() != 1;
      List<Map<String, Double>> scores = new ArrayList<>();
      if (single) {
        scores.add(scores(values));
      } else {
        values.forEach(row -> scores.add(scores(row)));
      }
      return new Output.Scores(scores);
    }
    if (values.isObject()) {
      return new Output.Scores(List.of(scores(values)));
    }
    return numbersOrTexts(values);
  }

  /** Bare values, nested or not. */
  static Output numbersOrTexts(JsonNode values) {
    List<JsonNode> flat = new ArrayList<>();
    flatten(values, flat);
    if (!flat.isEmpty() && flat.stream().allMatch(JsonNode::isTextual)) {
      return new Output.Texts(flat.stream().map(JsonNode::textValue).toList());
    }
    for (JsonNode each : flat) {
      if (!each.isNumber()) {
        throw new IllegalArgumentException("\"" + each.getNodeType() + "\" is no number");
      }
    }
    return new Output.Numbers(
        flat.stream().mapToDouble(JsonNode::doubleValue).toArray(),
        !flat.isEmpty() && flat.stream().allMatch(JsonNode::isIntegralNumber));
  }

  private static boolean holdsObjects(JsonNode row) {
    return row.isObject() || (row.isArray() && row.size() > 0 && row.get(0).isObject());
  }

  private static void flatten(JsonNode node, List<JsonNode> flat) {
    if (node.isArray()) {
      node.forEach(each -> flatten(each, flat));
    } else {
      flat.add(node);
    }
  }

  /** The scores of one row: {@code [{label, score}, …]}, {@code {label, score}} or by label. */
  private static Map<String, Double> scores(JsonNode row) {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (row.isArray()) {
      row.forEach(each -> scores.putAll(scores(each)));
    } else if (isScored(row)) {
      JsonNode score = member(row, SCORE);
      scores.put(member(row, LABEL).asText(), score.isNumber() ? score.doubleValue() : 1.0);
    } else {
      row.properties()
          .forEach(
              each -> {
                if (!each.getValue().isNumber()) {
                  throw new IllegalArgumentException(
                      "\"" + each.getKey() + "\" has no number as its score");
                }
                scores.put(each.getKey(), each.getValue().doubleValue());
              });
    }
    return scores;
  }

  /** Whether an object is a label with its score. */
  private static boolean isScored(JsonNode node) {
    JsonNode label = member(node, LABEL);
    return node.isObject()
        && (label.isTextual() || label.isIntegralNumber())
        && member(node, SCORE).isNumber();
  }

  /** Whether an object has a number for each of some classes. */
  private static boolean isScores(JsonNode node, ClassLabels labels) {
    return node.isObject()
        && node.size() > 0
        && node.properties().stream()
            .allMatch(each -> each.getValue().isNumber() && labels.knows(each.getKey()));
  }

  private static JsonNode member(JsonNode node, Set<String> names) {
    return node.properties().stream()
        .filter(each -> names.contains(each.getKey().toLowerCase(java.util.Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
  }
}
