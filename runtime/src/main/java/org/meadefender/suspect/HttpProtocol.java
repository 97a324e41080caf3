package org.meadefender.suspect;

import java.net.URI;

/** How an inference server wants to be asked. */
public enum HttpProtocol {
  /** KServe v2, also called Open Inference Protocol: {@code …/v2/models/NAME}. */
  KSERVE_V2,
  /** TensorFlow-Serving: {@code …/v1/models/NAME:predict}. */
  TENSORFLOW_SERVING;

  /**
   * Tells the protocol by an address.
   *
   * @throws IllegalArgumentException if the path is of neither
   */
  public static HttpProtocol of(URI address) {
    String path = String.valueOf(address.getPath());
    if (path.contains("/v2/models/")) {
      return KSERVE_V2;
    }
    if (path.contains("/v1/models/") && path.endsWith(":predict")) {
      return TENSORFLOW_SERVING;
    }
    throw new IllegalArgumentException(
        "The address "
            + HttpTransport.redacted(address)
            + " is of no known protocol; expected …/v2/models/NAME (KServe) or"
            + " …/v1/models/NAME:predict (TensorFlow-Serving)");
  }
}
