package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.meadefender.internal.Json;

/**
 * An inference server on loopback, strict about the protocols' schemas, that does on purpose what
 * servers do by accident: each prepared fault spoils one answer.
 *
 * <p>Its model answers with probabilities that depend on the first value of a row.
 *
 * <p>It stands in for a real inference server: DJL Serving's own ({@code ai.djl.serving:serving})
 * is not on Maven Central, and the others are no Java programs that a build could start.
 */
final class MisbehavingServer implements AutoCloseable {
  static final int CLASSES = 3;

  enum Fault {
    BUSY,
    BUSY_WITH_WAIT,
    UNAVAILABLE,
    FAILED,
    FORBIDDEN,
    SLOW,
    CUT,
    WRONG_SHAPE,
    NAN,
    NOT_JSON,
    WEB_PAGE,
    REDIRECT,
    ENDLESS
  }

  final Deque<Fault> faults = new ArrayDeque<>();
  final List<Integer> batches = new ArrayList<>();
  final List<String> authorizations = new ArrayList<>();
  boolean labelsOnly;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  MisbehavingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI kserve() {
    return uri("/v2/models/net");
  }

  URI tensorflow() {
    return uri("/v1/models/net:predict");
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** What the model says to a row that begins with this value. */
  static float[] probabilities(double first) {
    float top = 0.5f + (float) first / 4;
    return new float[] {1 - top, top, 0};
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("GET")) {
        boolean known = path.equals("/v2/models/net");
        reply(exchange, known ? 200 : 404, "application/json", known ? metadata() : "");
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Fault fault = faults.poll();
      if (fault != null && spoil(exchange, fault)) {
        return;
      }
      String answer =
          path.equals("/v2/models/net/infer")
              ? kserve(body)
              : path.equals("/v1/models/net:predict") ? tensorflow(body) : "";
      if (fault == Fault.WRONG_SHAPE) {
        answer = answer.replaceFirst("\\[([0-9.]+),", "[");
      } else if (fault == Fault.NAN) {
        answer = answer.replaceFirst("0\\.[0-9]+", "NaN");
      }
      reply(exchange, answer.isEmpty() ? 404 : 200, "application/json", answer);
    }
  }

  private static String metadata() {
    return "{\"name\":\"net\",\"platform\":\"test\",\"inputs\":[{\"name\":\"image\","
        + "\"datatype\":\"FP32\",\"shape\":[-1,1,2,2]}],\"outputs\":[]}";
  }

  private String kserve(byte[] body) {
    JsonNode input = Json.parse(body, "request").get("inputs").get(0);
    if (!input.get("name").asText().equals("image")
        || !input.get("datatype").asText().equals("FP32")
        || input.get("shape").size() != 4) {
      return "";
    }
    int n = input.get("shape").get(0).asInt();
    if (input.get("data").size() != n * 4) {
      return "";
    }
    batches.add(n);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      add(values, input.get("data").get(i * 4).asDouble());
    }
    return "{\"model_name\":\"net\",\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\","
        + "\"shape\":["
        + n
        + ","
        + CLASSES
        + "],\"data\":["
        + String.join(",", values)
        + "]}]}";
  }

  private String tensorflow(byte[] body) {
    JsonNode instances = Json.parse(body, "request").get("instances");
    batches.add(instances.size());
    List<String> rows = new ArrayList<>();
    for (JsonNode instance : instances) {
      List<String> values = new ArrayList<>();
      add(values, instance.get(0).get(0).get(0).asDouble());
      rows.add(labelsOnly ? values.get(0) : "[" + String.join(",", values) + "]");
    }
    return "{\"predictions\":[" + String.join(",", rows) + "]}";
  }

  private void add(List<String> values, double first) {
    float[] probabilities = probabilities(first);
    if (labelsOnly) {
      values.add(probabilities[1] > probabilities[0] ? "1" : "0");
    } else {
      for (float each : probabilities) {
        values.add(Float.toString(each));
      }
    }
  }

  /** Does the damage; says whether the exchange is over with it. */
  private boolean spoil(HttpExchange exchange, Fault fault) throws IOException {
    switch (fault) {
      case BUSY -> reply(exchange, 429, "text/plain", "slow down");
      case BUSY_WITH_WAIT -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        reply(exchange, 429, "text/plain", "slow down");
      }
      case UNAVAILABLE -> reply(exchange, 503, "text/plain", "later");
      case FAILED -> reply(exchange, 500, "application/json", "{\"error\":\"expected 3 axes\"}");
      case FORBIDDEN -> reply(exchange, 403, "text/plain", "no");
      case NOT_JSON -> reply(exchange, 200, "application/json", "{\"outputs\":[{\"data\":[1,");
      case WEB_PAGE -> reply(exchange, 200, "text/html", "<html>Sign in</html>");
      case REDIRECT -> {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
        reply(exchange, 302, "text/plain", "");
      }
      case CUT -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
      }
      case SLOW -> sleep();
      case ENDLESS -> {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 100; i++) {
          exchange.getResponseBody().write(block);
        }
      }
      default -> {
        return false;
      }
    }
    return fault != Fault.SLOW;
  }

  private static void sleep() {
    try {
      Thread.sleep(1500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
