package org.meadefender.suspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meadefender.release.Json;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A suspect behind an inference server. Not thread-safe. */
public final class HttpSuspect implements SuspectModel {
  private static final JsonFactory JSON = new JsonFactory();

  private final URI address;
  private final HttpProtocol protocol;
  private final HttpOptions options;
  private final int classes;
  private final HttpTransport transport;
  private @Nullable String inputName;
  private long sent;

  private HttpSuspect(URI address, int classes, HttpOptions options) {
    this.address = address;
    this.protocol = HttpProtocol.of(address);
    this.classes = classes;
    this.options = options;
    this.transport = new HttpTransport(address, options);
  }

  /**
   * A suspect at an address; nothing is sent yet.
   *
   * @param address of a KServe v2 model, {@code …/v2/models/NAME}, or of a TensorFlow-Serving one,
   *     {@code …/v1/models/NAME:predict}
   * @param classes number of classes, at least 2; needed where the server answers with labels only
   * @throws IllegalArgumentException if the address is of another kind, or not safe to use
   */
  public static HttpSuspect of(URI address, int classes, HttpOptions options) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + "; it must be at least 2");
    }
    return new HttpSuspect(address, classes, options);
  }

  /** The address, without query and password. */
  @Override
  public String identity() {
    return HttpTransport.redacted(address);
  }

  @Override
  public INDArray predict(INDArray features) {
    INDArray result = Nd4j.create(DataType.FLOAT, features.size(0), classes);
    for (long from = 0; from < features.size(0); from += options.batch()) {
      long to = Math.min(from + options.batch(), features.size(0));
      float[][] answers = ask(features.get(NDArrayIndex.interval(from, to)).dup('c'));
      result.get(NDArrayIndex.interval(from, to)).assign(Nd4j.createFromArray(answers));
    }
    return result;
  }

  private float[][] ask(INDArray rows) {
    int n = (int) rows.size(0);
    if (sent + n > options.queryBudget()) {
      throw new SuspectException(
          "The budget of " + options.queryBudget() + " queries is used up after " + sent);
    }
    sent += n;
    try {
      return read(transport.post(inferAddress(), body(rows)), protocol, n, classes);
    } catch (IllegalArgumentException e) {
      throw new SuspectException(
          "The answer of " + identity() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Reads an answer that a stranger's server gave.
   *
   * @throws IllegalArgumentException if it is not what the protocol says
   */
  static float[][] read(byte[] answer, HttpProtocol protocol, int rows, int classes) {
    JsonNode json = Json.parse(answer, "The answer");
    return new AnswerReader(rows, classes)
        .read(protocol == HttpProtocol.KSERVE_V2 ? output(json, rows) : predictions(json));
  }

  private URI inferAddress() {
    return protocol == HttpProtocol.KSERVE_V2 && !address.getPath().endsWith("/infer")
        ? URI.create(base() + "/infer" + query())
        : address;
  }

  private String query() {
    return address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
  }

  private String base() {
    String text = address.getScheme() + "://" + address.getAuthority() + address.getRawPath();
    String whole = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return whole.endsWith("/infer") ? whole.substring(0, whole.length() - 6) : whole;
  }

  private String inputName() {
    if (inputName == null) {
      JsonNode metadata =
          Json.parse(transport.get(URI.create(base() + query())), "The metadata of " + identity());
      JsonNode inputs = Json.array(metadata, "inputs");
      if (inputs.size() != 1) {
        throw new SuspectException(
            identity() + " has " + inputs.size() + " inputs; only one is supported");
      }
      inputName = Json.text(inputs.get(0), "name");
    }
    return inputName;
  }

  private byte[] body(INDArray rows) {
    float[] values = rows.castTo(DataType.FLOAT).data().asFloat();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (protocol == HttpProtocol.KSERVE_V2) {
        json.writeArrayFieldStart("inputs");
        json.writeStartObject();
        json.writeStringField("name", inputName());
        json.writeArrayFieldStart("shape");
        for (long size : rows.shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeStringField("datatype", "FP32");
        json.writeArrayFieldStart("data");
        for (float value : values) {
          json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
      } else {
        json.writeFieldName("instances");
        writeNested(json, values, rows.shape(), 0, 0);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON", e);
    }
    return bytes.toByteArray();
  }

  private static int writeNested(
      JsonGenerator json, float[] values, long[] shape, int axis, int place) throws IOException {
    int next = place;
    json.writeStartArray();
    for (long i = 0; i < shape[axis]; i++) {
      if (axis == shape.length - 1) {
        json.writeNumber(values[next++]);
      } else {
        next = writeNested(json, values, shape, axis + 1, next);
      }
    }
    json.writeEndArray();
    return next;
  }

  private static JsonNode output(JsonNode answer, int rows) {
    JsonNode outputs = Json.array(answer, "outputs");
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("it has no outputs");
    }
    JsonNode shape = Json.array(outputs.get(0), "shape");
    if (shape.path(0).asInt() != rows) {
      throw new IllegalArgumentException(
          "its output has the shape " + shape + "; expected " + rows + " rows");
    }
    return Json.array(outputs.get(0), "data");
  }

  private static JsonNode predictions(JsonNode answer) {
    return Json.array(answer, "predictions");
  }

  /** Reads rows of probabilities, nested or flat, or bare labels. */
  private record AnswerReader(int rows, int classes) {
    float[][] read(JsonNode data) {
      List<Float> flat = new ArrayList<>(rows * classes);
      flatten(data, flat);
      float[][] result = new float[rows][classes];
      if (flat.size() == rows * classes) {
        for (int i = 0; i < flat.size(); i++) {
          result[i / classes][i % classes] = flat.get(i);
        }
        return result;
      }
      if (flat.size() != rows) {
        throw new IllegalArgumentException(
            flat.size()
                + " numbers for "
                + rows
                + " rows; expected a label each, or "
                + classes
                + " probabilities");
      }
      for (int i = 0; i < rows; i++) {
        float label = flat.get(i);
        if (label != Math.rint(label) || label < 0 || label >= classes) {
          throw new IllegalArgumentException(
              label + " is no label; expected from 0 to " + (classes - 1));
        }
        result[i][(int) label] = 1;
      }
      return result;
    }

    private void flatten(JsonNode node, List<Float> flat) {
      for (JsonNode each : node) {
        if (flat.size() > rows * classes) {
          return;
        }
        if (each.isArray()) {
          flatten(each, flat);
        } else if (each.isNumber()) {
          flat.add(each.floatValue());
        } else {
          throw new IllegalArgumentException("\"" + each.getNodeType() + "\" is no number");
        }
      }
    }
  }
}
