package org.meadefender.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON that strangers may have written: read within limits, written in one form only.
 *
 * <p>The canonical form has sorted keys, no spaces, and UTF-8 without escapes where none are needed
 * (RFC 8785 for objects, arrays, strings and integers). Other numbers are kept out of signed
 * documents, for their text differs between platforms.
 */
public final class Json {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 64;

  /** Every token becomes an object that is far larger than its text. */
  private static final long MAX_TOKENS = 1 << 22;

  /** Whether Jackson itself bounds them. */
  private static final boolean COUNTS_TOKENS = canCountTokens();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .streamReadConstraints(constraints())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  private static boolean canCountTokens() {
    try {
      StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS);
      return true;
    } catch (NoSuchMethodError e) {
      // Jackson below 2.18, as Apache Spark needs it.
      return false;
    }
  }

  private static StreamReadConstraints constraints() {
    StreamReadConstraints.Builder builder =
        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER);
    return COUNTS_TOKENS ? builder.maxTokenCount(MAX_TOKENS).build() : builder.build();
  }

  /** Counts before the tokens become objects. */
  private static void requireFewTokens(byte[] utf8, String what) throws IOException {
    try (JsonParser parser = MAPPER.createParser(utf8)) {
      long tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
        if (tokens > MAX_TOKENS) {
          throw new IllegalArgumentException(
              what + " is no valid JSON: it has more than " + MAX_TOKENS + " tokens");
        }
      }
    }
  }

  /**
   * Parses a document.
   *
   * @throws IllegalArgumentException if it is not JSON, holds a key twice, or nests too deep
   */
  public static JsonNode parse(byte[] utf8, String what) {
    try (JsonParser parser = MAPPER.createParser(utf8)) {
      if (!COUNTS_TOKENS) {
        requireFewTokens(utf8, what);
      }
      JsonNode node = MAPPER.readTree(parser);
      if (node == null || node.isMissingNode()) {
        throw new IllegalArgumentException(what + " is empty; expected JSON");
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException(what + " goes on after its JSON");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(what + " is no valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(what + " is no valid JSON", e);
    }
  }

  /**
   * Reads a file of bounded size.
   *
   * @throws IllegalArgumentException if it is longer
   */
  public static byte[] read(Path file, int maxBytes) throws IOException {
    return BoundedFile.read(file, maxBytes);
  }

  /** The one form in which a document is signed and stored. */
  public static byte[] canonical(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(sorted(node)).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write JSON", e);
    }
  }

  /** A document for people to read; not what is signed. */
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> byKey = new TreeMap<>();
      object.properties().forEach(entry -> byKey.put(entry.getKey(), sorted(entry.getValue())));
      ObjectNode result = object();
      byKey.forEach(result::set);
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(each -> result.add(sorted(each)));
      return result;
    }
    return node;
  }

  /**
   * A text member.
   *
   * @throws IllegalArgumentException if it is missing or something else
   */
  public static String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("The member \"" + name + "\" must be a string");
    }
    return value.textValue();
  }

  /**
   * A whole-number member.
   *
   * @throws IllegalArgumentException if it is missing or something else
   */
  public static int integer(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isInt()) {
      throw new IllegalArgumentException("The member \"" + name + "\" must be a whole number");
    }
    return value.intValue();
  }

  /**
   * An array member.
   *
   * @throws IllegalArgumentException if it is missing or something else
   */
  public static JsonNode array(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isArray()) {
      throw new IllegalArgumentException("The member \"" + name + "\" must be an array");
    }
    return value;
  }

  /**
   * An object member.
   *
   * @throws IllegalArgumentException if it is missing or something else
   */
  public static JsonNode member(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isObject()) {
      throw new IllegalArgumentException("The member \"" + name + "\" must be an object");
    }
    return value;
  }
}
