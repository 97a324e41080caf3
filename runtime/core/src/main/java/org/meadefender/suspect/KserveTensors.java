package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors in JSON or in binary behind it, as KServe v2 writes them. */
final class KserveTensors {
  /** The header that says how long the JSON is which binary tensors follow. */
  static final String HEAD_LENGTH = "Inference-Header-Content-Length";

  private static final String BINARY_SIZE = "binary_data_size";

  private KserveTensors() {}

  /** One value for every element. */
  static INDArray filled(DeclaredInput input, double value, long rows) {
    return Nd4j.valueArrayOf(input.filledShape(rows), value, DataType.FLOAT);
  }

  /**
   * Adds an input to a request.
   *
   * @param binary takes what JSON cannot hold
   */
  static void add(
      ArrayNode inputs, DeclaredInput input, INDArray values, ByteArrayOutputStream binary) {
    ObjectNode tensor = inputs.addObject();
    tensor.put("name", input.name());
    ArrayNode shape = tensor.putArray("shape");
    Arrays.stream(values.shape()).forEach(shape::add);
    tensor.put("datatype", input.type().name());
    float[] numbers = values.castTo(DataType.FLOAT).dup('c').data().asFloat();
    if (input.type().isHalf()) {
      ByteBuffer bytes =
          ByteBuffer.allocate(numbers.length * input.type().width()).order(ByteOrder.LITTLE_ENDIAN);
      for (float number : numbers) {
        input.type().put(bytes, number);
      }
      tensor.putObject("parameters").put(BINARY_SIZE, bytes.capacity());
      binary.writeBytes(bytes.array());
      return;
    }
    ArrayNode data = tensor.putArray("data");
    for (float number : numbers) {
      if (input.type() == ElementType.BOOL) {
        data.add(number != 0);
      } else if (input.type().isWhole()) {
        data.add(Math.round(number));
      } else {
        data.add(number);
      }
    }
  }

  /**
   * Reads the outputs of an answer.
   *
   * @param headLength how long the JSON is; empty if it is all
   * @throws IllegalArgumentException if it is not what the protocol says
   */
  static Map<String, Output> outputs(byte[] answer, Optional<String> headLength, int rows) {
    int head = headLength.map(length -> length(length, answer.length)).orElse(answer.length);
    JsonNode json = Json.parse(Arrays.copyOf(answer, head), "The answer");
    ByteBuffer binary =
        ByteBuffer.wrap(answer, head, answer.length - head).order(ByteOrder.LITTLE_ENDIAN);
    JsonNode outputs = Json.array(json, "outputs");
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("it has no outputs");
    }
    Map<String, Output> result = new LinkedHashMap<>();
    List<JsonNode> otherShapes = new ArrayList<>();
    for (JsonNode output : outputs) {
      Output values = values(output, binary);
      JsonNode shape = Json.array(output, "shape");
      if (shape.path(0).asLong() == rows) {
        result.put(output.path("name").asText(), values);
      } else {
        otherShapes.add(shape);
      }
    }
    if (result.isEmpty()) {
      throw new IllegalArgumentException(
          "its output has the shape " + otherShapes.get(0) + "; expected " + rows + " rows");
    }
    return result;
  }

  private static int length(String text, int most) {
    try {
      int length = Integer.parseInt(text.strip());
      if (length >= 0 && length <= most) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new IllegalArgumentException("its header " + HEAD_LENGTH + " is " + text);
  }

  private static Output values(JsonNode output, ByteBuffer binary) {
    String name = output.path("datatype").asText();
    ElementType type = name.isEmpty() ? ElementType.FP32 : ElementType.of(name);
    JsonNode size = output.at("/parameters/" + BINARY_SIZE);
    if (!size.isIntegralNumber()) {
      Output read = JsonRows.numbersOrTexts(Json.array(output, "data"));
      return read instanceof Output.Numbers numbers && !name.isEmpty()
          ? new Output.Numbers(numbers.values(), type.isWhole())
          : read;
    }
    if (size.asLong() < 0 || size.asLong() > binary.remaining()) {
      throw new IllegalArgumentException(
          "an output claims " + size + " bytes, there are " + binary.remaining());
    }
    ByteBuffer bytes = binary.slice(binary.position(), size.asInt()).order(binary.order());
    binary.position(binary.position() + size.asInt());
    return type.isText() ? texts(bytes) : numbers(bytes, type);
  }

  private static Output numbers(ByteBuffer bytes, ElementType type) {
    double[] values = new double[bytes.remaining() / type.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.get(bytes);
    }
    return new Output.Numbers(values, type.isWhole());
  }

  /** Each with its length before it. */
  private static Output texts(ByteBuffer bytes) {
    List<String> texts = new ArrayList<>();
    while (bytes.remaining() >= Integer.BYTES) {
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw new IllegalArgumentException("a label claims " + length + " bytes");
      }
      byte[] text = new byte[length];
      bytes.get(text);
      texts.add(new String(text, StandardCharsets.UTF_8));
    }
    return new Output.Texts(texts);
  }
}
