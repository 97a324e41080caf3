package org.meadefender.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.meadefender.internal.Json;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.factory.Nd4j;

/** A model behind TensorFlow-Serving's protocol on loopback; takes {@code [n, 1, side, side]}. */
final class ServedSuspect implements AutoCloseable {
  private final HttpServer server;
  private final SuspectModel model;
  private final int side;

  ServedSuspect(SuspectModel model, int side) throws IOException {
    this.model = model;
    this.side = side;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/models/net:predict", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/models/net:predict";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode rows =
          Json.parse(exchange.getRequestBody().readAllBytes(), "request").get("instances");
      float[] values = new float[rows.size() * side * side];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            rows.get(i / side / side).get(0).get(i / side % side).get(i % side).floatValue();
      }
      float[][] answers =
          model
              .predict(Nd4j.createFromArray(values).reshape(rows.size(), 1, side, side))
              .toFloatMatrix();
      ObjectNode json = Json.object();
      ArrayNode predictions = json.putArray("predictions");
      for (float[] answer : answers) {
        ArrayNode row = predictions.addArray();
        for (float value : answer) {
          row.add(value);
        }
      }
      byte[] body = Json.canonical(json);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
