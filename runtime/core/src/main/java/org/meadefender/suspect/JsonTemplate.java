package org.meadefender.suspect;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What a request to a server looks like, and where in its answer the answers are.
 *
 * <p>In the request, one text stands for the samples: {@code "$rows"} for an array of all rows of
 * the request, {@code "$row"} for a single row, {@code "$png"} for an image as PNG in base64. With
 * the latter two, each request asks one row.
 *
 * @param request JSON with one of these texts, for instance <code>{"instances": "$rows"}</code>
 * @param answer JSON pointer to the answers, for instance {@code /predictions}; empty for all
 * @since 0.1.0
 */
public record JsonTemplate(String request, String answer) {
  private static final List<String> PLACES = List.of("$rows", "$row", "$png");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the request is no JSON, or has not exactly one place for
   *     samples, or the answer is no JSON pointer
   */
  public JsonTemplate {
    JsonNode tree = Json.parse(request.getBytes(StandardCharsets.UTF_8), "The request");
    if (places(tree) != 1) {
      throw new IllegalArgumentException(
          "The request "
              + request
              + " has "
              + places(tree)
              + " places for samples; it needs one of \"$rows\", \"$row\" and \"$png\", once");
    }
    try {
      JsonPointer.compile(answer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The answer's place " + answer + " is no JSON pointer, as /predictions/0 is one", e);
    }
  }

  private static int places(JsonNode node) {
    if (node.isTextual()) {
      return PLACES.contains(node.textValue()) ? 1 : 0;
    }
    int sum = 0;
    for (JsonNode each : node) {
      sum += places(each);
    }
    return sum;
  }

  /** Whether a request asks several rows. */
  boolean asksSeveral() {
    return request.contains("\"$rows\"");
  }

  /**
   * A request.
   *
   * @param samples as the format has them, for numbers
   * @param images the same from 0 to 1, {@code [n, C, H, W]}, for PNG
   */
  byte[] body(INDArray samples, INDArray images) {
    JsonNode tree = Json.parse(request.getBytes(StandardCharsets.UTF_8), "The request");
    return Json.canonical(filled(tree, samples, images));
  }

  private static JsonNode filled(JsonNode node, INDArray samples, INDArray images) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = Json.object();
      object
          .properties()
          .forEach(each -> result.set(each.getKey(), filled(each.getValue(), samples, images)));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> result.add(filled(each, samples, images)));
      return result;
    }
    return switch (node.isTextual() ? node.textValue() : "") {
      case "$rows" -> JsonRows.of(samples);
      case "$row" -> JsonRows.of(samples).get(0);
      case "$png" -> JsonNodeFactory.instance.textNode(png(images));
      default -> node;
    };
  }

  private static String png(INDArray images) {
    INDArray first = images.get(NDArrayIndex.interval(0, 1));
    try {
      return Base64.getEncoder().encodeToString(PngImage.of(first));
    } catch (java.io.IOException e) {
      throw new UncheckedIOException("Cannot write PNG", e);
    }
  }

  /**
   * The answers in a server's answer.
   *
   * @throws IllegalArgumentException if there is nothing at their place
   */
  JsonNode answers(JsonNode whole) {
    JsonNode found = whole.at(answer);
    if (found.isMissingNode() || found.isNull()) {
      throw new IllegalArgumentException(
          "it has nothing at "
              + answer
              + "; it is "
              + shortened(whole.toString())
              + ", name another place by --answer");
    }
    return found;
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + " …";
  }
}
