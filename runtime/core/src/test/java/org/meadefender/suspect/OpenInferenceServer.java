package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.meadefender.internal.Json;

/**
 * A server of the Open Inference Protocol that takes its schema at its word: whatever a request has
 * more, less or otherwise than the metadata say is answered with status 400 and a reason.
 */
final class OpenInferenceServer implements AutoCloseable {
  /** Rows of one request, as numbers, {@code [n][values]}. */
  final List<double[][]> asked = new ArrayList<>();

  private final HttpServer server;
  private final JsonNode metadata;
  private final Function<double[][], Reply> model;
  private final int maxBatch;

  /**
   * What the model answers.
   *
   * @param outputs JSON of the outputs
   * @param binary what follows the JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(String outputs, byte[] binary) {
    static Reply json(String outputs) {
      return new Reply(outputs, new byte[0]);
    }
  }

  /**
   * Starts.
   *
   * @param inputs JSON array of the metadata's inputs, the first one takes the samples
   * @param outputs JSON array of the metadata's outputs
   * @param maxBatch 0 for a server without Triton's configuration
   */
  OpenInferenceServer(
      String inputs, String outputs, int maxBatch, Function<double[][], Reply> model)
      throws IOException {
    this.metadata =
        Json.parse(
            ("{\"name\":\"net\",\"versions\":[\"1\"],\"platform\":\"test\",\"inputs\":"
                    + inputs
                    + ",\"outputs\":"
                    + outputs
                    + "}")
                .getBytes(StandardCharsets.UTF_8),
            "metadata");
    this.maxBatch = maxBatch;
    this.model = model;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2/models/net");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (asked) {
        case "GET /v2/models/net" -> reply(exchange, 200, metadata.toString(), new byte[0]);
        case "GET /v2/models/net/config" ->
            reply(
                exchange,
                maxBatch > 0 ? 200 : 404,
                maxBatch > 0 ? "{\"max_batch_size\":" + maxBatch + "}" : "{\"error\":\"none\"}",
                new byte[0]);
        case "POST /v2/models/net/infer" -> infer(exchange);
        default -> reply(exchange, 404, "{\"error\":\"no " + asked + "\"}", new byte[0]);
      }
    }
  }

  private void infer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String head = exchange.getRequestHeaders().getFirst(KserveTensors.HEAD_LENGTH);
    try {
      int length = head == null ? body.length : Integer.parseInt(head);
      JsonNode request = Json.parse(Arrays.copyOf(body, length), "the request");
      requireKeys(request, Set.of("id", "parameters", "inputs", "outputs"));
      ByteBuffer binary =
          ByteBuffer.wrap(body, length, body.length - length).order(ByteOrder.LITTLE_ENDIAN);
      double[][] rows = rows(request, binary);
      asked.add(rows);
      Reply reply = model.apply(rows);
      String json = "{\"model_name\":\"net\",\"id\":\"\",\"outputs\":[" + reply.outputs() + "]}";
      if (reply.binary().length > 0) {
        exchange
            .getResponseHeaders()
            .set(KserveTensors.HEAD_LENGTH, Integer.toString(json.length()));
      }
      reply(exchange, 200, json, reply.binary());
    } catch (IllegalArgumentException e) {
      reply(
          exchange,
          400,
          "{\"error\":\"" + String.valueOf(e.getMessage()).replace('"', '\'') + "\"}",
          new byte[0]);
    }
  }

  private double[][] rows(JsonNode request, ByteBuffer binary) {
    JsonNode declared = metadata.get("inputs");
    JsonNode inputs = request.get("inputs");
    require(
        inputs != null && inputs.size() == declared.size(),
        "expected " + declared.size() + " inputs");
    double[][] rows = {};
    for (int i = 0; i < inputs.size(); i++) {
      double[] values = values(inputs.get(i), declared.get(i), binary);
      if (i == 0) {
        int n = inputs.get(i).get("shape").get(0).asInt();
        require(maxBatch == 0 || n <= maxBatch, "batch of " + n + " exceeds " + maxBatch);
        rows = new double[n][];
        int length = values.length / n;
        for (int row = 0; row < n; row++) {
          rows[row] = Arrays.copyOfRange(values, row * length, (row + 1) * length);
        }
      }
    }
    require(!binary.hasRemaining(), binary.remaining() + " bytes too many");
    return rows;
  }

  private static double[] values(JsonNode input, JsonNode declared, ByteBuffer binary) {
    requireKeys(input, Set.of("name", "shape", "datatype", "parameters", "data"));
    require(
        input.get("name").equals(declared.get("name")), "unexpected input " + input.get("name"));
    require(
        input.get("datatype").equals(declared.get("datatype")),
        "expected datatype " + declared.get("datatype") + ", got " + input.get("datatype"));
    JsonNode shape = input.get("shape");
    require(shape.size() == declared.get("shape").size(), "expected rank " + declared.get("shape"));
    long count = 1;
    for (int axis = 0; axis < shape.size(); axis++) {
      long expected = declared.get("shape").get(axis).asLong();
      require(
          expected < 0 || shape.get(axis).asLong() == expected,
          "expected shape " + declared.get("shape") + ", got " + shape);
      count *= shape.get(axis).asLong();
    }
    ElementType type = ElementType.of(input.get("datatype").asText());
    double[] values = new double[(int) count];
    JsonNode data = input.get("data");
    if (data == null) {
      long bytes = input.at("/parameters/binary_data_size").asLong(-1);
      require(bytes == count * type.width(), "expected " + count * type.width() + " bytes");
      for (int i = 0; i < count; i++) {
        values[i] = type.get(binary);
      }
      return values;
    }
    require(!type.isHalf(), "FP16 cannot be sent as JSON");
    require(data.size() == count, "expected " + count + " values, got " + data.size());
    for (int i = 0; i < count; i++) {
      JsonNode value = data.get(i);
      require(
          type == ElementType.BOOL
              ? value.isBoolean()
              : type.isWhole() ? value.isIntegralNumber() : value.isNumber(),
          value + " is no " + type);
      values[i] = value.isBoolean() ? value.asInt() : value.doubleValue();
    }
    return values;
  }

  private static void requireKeys(JsonNode object, Set<String> allowed) {
    TreeSet<String> keys = new TreeSet<>();
    object.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(allowed);
    require(keys.isEmpty(), "unknown members " + keys);
  }

  private static void require(boolean valid, String fault) {
    if (!valid) {
      throw new IllegalArgumentException(fault);
    }
  }

  /** Packed, where the client takes that. */
  private static void reply(HttpExchange exchange, int status, String json, byte[] binary)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(binary);
    byte[] bytes = body.toByteArray();
    String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    if (accepted.contains("gzip")) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(bytes);
      }
      bytes = packed.toByteArray();
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
