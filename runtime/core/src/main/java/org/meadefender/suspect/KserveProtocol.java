package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.ndarray.INDArray;

/** KServe v2, also called Open Inference Protocol, with its extension for binary tensors. */
final class KserveProtocol implements InferenceProtocol {
  private final URI address;
  private final HttpTransport transport;
  private final SuspectOptions options;
  private @Nullable Model model;

  /**
   * What the server says of the model.
   *
   * @param inputs its inputs
   * @param halves outputs that JSON cannot hold
   * @param most rows of a request; 0 if not said
   */
  private record Model(List<DeclaredInput> inputs, List<String> halves, int most) {}

  KserveProtocol(URI address, HttpTransport transport, SuspectOptions options) {
    this.address = address;
    this.transport = transport;
    this.options = options;
  }

  @Override
  public int mostRows() {
    return exact() ? samples().batch() : model().most();
  }

  @Override
  public boolean exact() {
    return samples().batch() > 0;
  }

  @Override
  public HttpAnswer ask(INDArray features) {
    DeclaredInput samples = samples();
    INDArray rows = samples.fit(features, options.format());
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    for (DeclaredInput input : model().inputs()) {
      Double constant = options.constants().get(input.name());
      KserveTensors.add(
          inputs,
          input,
          constant == null ? rows : KserveTensors.filled(input, constant, rows.size(0)),
          binary);
    }
    if (!model().halves().isEmpty()) {
      ArrayNode outputs = request.putArray("outputs");
      for (String half : model().halves()) {
        outputs.addObject().put("name", half).putObject("parameters").put("binary_data", true);
      }
    }
    byte[] head = Json.canonical(request);
    if (binary.size() == 0) {
      return transport.post(inferAddress(), head, Map.of("Content-Type", "application/json"));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.writeBytes(binary.toByteArray());
    return transport.post(
        inferAddress(),
        body.toByteArray(),
        Map.of(
            "Content-Type",
            "application/octet-stream",
            KserveTensors.HEAD_LENGTH,
            Integer.toString(head.length)));
  }

  @Override
  public Map<String, Output> read(HttpAnswer answer, int rows) {
    return KserveTensors.outputs(
        answer.body(), answer.headers().firstValue(KserveTensors.HEAD_LENGTH), rows);
  }

  private URI inferAddress() {
    return URI.create(base() + "/infer" + query());
  }

  private String query() {
    return address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
  }

  private String base() {
    String text = address.getScheme() + "://" + address.getAuthority() + address.getRawPath();
    String whole = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return whole.endsWith("/infer") ? whole.substring(0, whole.length() - 6) : whole;
  }

  private DeclaredInput samples() {
    List<DeclaredInput> inputs = model().inputs();
    List<DeclaredInput> open =
        inputs.stream()
            .filter(each -> !options.constants().containsKey(each.name()))
            .filter(each -> options.input().isEmpty() || options.input().get().equals(each.name()))
            .toList();
    if (open.size() != 1 || inputs.size() != 1 + options.constants().size()) {
      throw new SuspectException(
          HttpTransport.redacted(address)
              + " has the inputs "
              + inputs
              + "; give all but that of the samples a value, by --constant NAME=NUMBER");
    }
    return open.get(0);
  }

  private Model model() {
    if (model == null) {
      model = ask();
    }
    return model;
  }

  private Model ask() {
    String what = "The metadata of " + HttpTransport.redacted(address);
    try {
      JsonNode metadata = Json.parse(transport.get(URI.create(base() + query())).body(), what);
      List<DeclaredInput> inputs = new ArrayList<>();
      for (JsonNode input : Json.array(metadata, "inputs")) {
        List<Long> shape = new ArrayList<>();
        Json.array(input, "shape").forEach(axis -> shape.add(axis.asLong(-1)));
        inputs.add(
            new DeclaredInput(
                Json.text(input, "name"), ElementType.of(Json.text(input, "datatype")), shape));
      }
      List<String> halves = new ArrayList<>();
      for (JsonNode output : metadata.path("outputs")) {
        if (ElementType.of(Json.text(output, "datatype")).isHalf()) {
          halves.add(Json.text(output, "name"));
        }
      }
      return new Model(inputs, halves, mostRowsOfConfiguration());
    } catch (IllegalArgumentException e) {
      throw new SuspectException(what + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Triton says it in a configuration that the protocol does not know. */
  private int mostRowsOfConfiguration() {
    Optional<HttpAnswer> answer = transport.find(URI.create(base() + "/config" + query()));
    if (answer.isEmpty()) {
      return 0;
    }
    try {
      JsonNode configuration = Json.parse(answer.get().body(), "The configuration");
      return Math.max(0, configuration.path("max_batch_size").asInt(0));
    } catch (IllegalArgumentException unreadable) {
      return 0;
    }
  }
}
