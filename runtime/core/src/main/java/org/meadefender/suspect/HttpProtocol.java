package org.meadefender.suspect;

import java.net.URI;
import java.util.Locale;

/** Protocols of inference servers, told by the address. */
enum HttpProtocol {
  /** KServe v2, also called Open Inference Protocol: {@code …/v2/models/NAME}. */
  KSERVE_V2,
  /** TensorFlow-Serving: {@code …/v1/models/NAME:predict}. */
  TENSORFLOW_SERVING,
  /** {@code {"instances": rows}} answered with {@code {"predictions": rows}}: Vertex, SageMaker. */
  INSTANCES,
  /** Whatever a template says. */
  TEMPLATE;

  /**
   * Tells the protocol.
   *
   * @throws IllegalArgumentException if the path is of none, and there is no template
   */
  static HttpProtocol of(URI address, SuspectOptions options) {
    String path = String.valueOf(address.getPath());
    if (options.template().isPresent()) {
      return TEMPLATE;
    }
    if (path.contains("/v2/models/")) {
      return KSERVE_V2;
    }
    if (path.contains("/v1/models/") && path.endsWith(":predict")) {
      return TENSORFLOW_SERVING;
    }
    if (path.endsWith(":predict") || path.endsWith("/invocations")) {
      return INSTANCES;
    }
    throw new IllegalArgumentException(
        "The address "
            + HttpTransport.redacted(address)
            + " is of no known protocol; expected "
            + String.join(", ", "…/v2/models/NAME (KServe)", "…/v1/models/NAME:predict")
            + " (TensorFlow-Serving), …:predict (Vertex) or …/invocations (SageMaker); say by"
            + " --request and --answer how any other is asked");
  }

  InferenceProtocol open(URI address, HttpTransport transport, SuspectOptions options) {
    return switch (this) {
      case KSERVE_V2 -> new KserveProtocol(address, transport, options);
      case TENSORFLOW_SERVING -> new TensorflowProtocol(address, transport, options);
      case INSTANCES ->
          new TemplateProtocol(
              address,
              transport,
              options.withTemplate(new JsonTemplate("{\"instances\": \"$rows\"}", "/predictions")));
      case TEMPLATE -> new TemplateProtocol(address, transport, options);
    };
  }

  /** The name in messages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
