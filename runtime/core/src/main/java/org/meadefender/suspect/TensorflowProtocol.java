package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.ndarray.INDArray;

/** TensorFlow-Serving's REST interface, in rows. */
final class TensorflowProtocol implements InferenceProtocol {
  private static final String PREDICT = ":predict";

  private final URI address;
  private final HttpTransport transport;
  private final SuspectOptions options;
  private @Nullable List<DeclaredInput> declared;

  TensorflowProtocol(URI address, HttpTransport transport, SuspectOptions options) {
    this.address = address;
    this.transport = transport;
    this.options = options;
  }

  @Override
  public int mostRows() {
    return samples().batch();
  }

  @Override
  public boolean exact() {
    return samples().batch() > 0;
  }

  @Override
  public HttpAnswer ask(INDArray features) {
    DeclaredInput input = samples();
    JsonNode rows = JsonRows.of(input.fit(features, options.format()), input.type().isWhole());
    ObjectNode body = Json.object();
    body.set("instances", isNamed(input) ? named(input, rows) : rows);
    return transport.post(
        address, Json.canonical(body), Map.of("Content-Type", "application/json"));
  }

  private boolean isNamed(DeclaredInput input) {
    return !input.name().isEmpty()
        && (options.input().isPresent() || !options.constants().isEmpty());
  }

  private ArrayNode named(DeclaredInput input, JsonNode rows) {
    ArrayNode instances = JsonNodeFactory.instance.arrayNode();
    for (JsonNode row : rows) {
      ObjectNode instance = instances.addObject();
      instance.set(input.name(), row);
      options.constants().forEach((name, value) -> instance.set(name, constant(name, value)));
    }
    return instances;
  }

  private JsonNode constant(String name, double value) {
    Optional<DeclaredInput> input =
        inputs().stream().filter(each -> each.name().equals(name)).findFirst();
    if (input.isEmpty() || input.get().shape().size() < 2) {
      boolean truth = input.isPresent() && input.get().type() == ElementType.BOOL;
      return truth
          ? JsonNodeFactory.instance.booleanNode(value != 0)
          : JsonNodeFactory.instance.numberNode(value);
    }
    return JsonRows.of(KserveTensors.filled(input.get(), value, 1), input.get().type().isWhole())
        .get(0);
  }

  @Override
  public Map<String, Output> read(HttpAnswer answer, int rows) {
    return JsonRows.read(
        Json.array(Json.parse(answer.body(), "The answer"), "predictions"),
        rows,
        new ClassLabels(options.classNames()));
  }

  private List<DeclaredInput> inputs() {
    if (declared == null) {
      declared = find();
    }
    return declared;
  }

  private DeclaredInput samples() {
    List<DeclaredInput> open =
        inputs().stream()
            .filter(each -> !options.constants().containsKey(each.name()))
            .filter(each -> options.input().isEmpty() || options.input().get().equals(each.name()))
            .toList();
    if (open.size() == 1) {
      return open.get(0);
    }
    if (inputs().isEmpty()) {
      return new DeclaredInput(options.input().orElse(""), ElementType.FP32, List.of());
    }
    throw new SuspectException(
        HttpTransport.redacted(address)
            + " has the inputs "
            + inputs()
            + "; name that of the samples by --input, and give the others a value by --constant"
            + " NAME=NUMBER");
  }

  /** What the server says of its default signature; a server need not say anything. */
  private List<DeclaredInput> find() {
    String base = address.toString();
    int end = base.lastIndexOf(PREDICT);
    String path = base.substring(0, end) + "/metadata" + base.substring(end + PREDICT.length());
    Optional<HttpAnswer> metadata = transport.find(URI.create(path));
    List<DeclaredInput> inputs = new ArrayList<>();
    if (metadata.isPresent()) {
      try {
        Json.parse(metadata.get().body(), "The metadata")
            .at("/metadata/signature_def/signature_def/serving_default/inputs")
            .properties()
            .forEach(each -> inputs.add(input(each.getKey(), each.getValue())));
      } catch (IllegalArgumentException unreadable) {
        return List.of();
      }
    }
    return inputs;
  }

  private static DeclaredInput input(String name, JsonNode tensor) {
    List<Long> shape = new ArrayList<>();
    if (!tensor.at("/tensor_shape/unknown_rank").asBoolean(false)) {
      tensor.at("/tensor_shape/dim").forEach(each -> shape.add(each.path("size").asLong(-1)));
    }
    ElementType type = ElementType.of(tensor.path("dtype").asText());
    return new DeclaredInput(name, type, shape);
  }
}
