package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.meadefender.internal.Json;

/** A server that answers JSON with JSON; what it does not know gets status 404. */
final class JsonServer implements AutoCloseable {
  final List<JsonNode> asked = new ArrayList<>();
  private final Map<String, String> documents = new TreeMap<>();
  private final HttpServer server;

  JsonServer(String path, Function<JsonNode, String> model) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> handle(exchange, path, model));
    server.start();
  }

  /** A document that can be got. */
  JsonServer withDocument(String path, String json) {
    documents.put(path, json);
    return this;
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void handle(HttpExchange exchange, String path, Function<JsonNode, String> model)
      throws IOException {
    try (exchange) {
      String place = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      String answer = documents.get(place);
      if (exchange.getRequestMethod().equals("POST") && place.equals(path)) {
        JsonNode request = Json.parse(body, "request");
        asked.add(request);
        answer = model.apply(request);
      }
      byte[] bytes = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
