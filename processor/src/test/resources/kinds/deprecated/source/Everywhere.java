package com.example;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.meadefender.annotations.Protected;

/** Bound, exception and network are deprecated, the builder is leaving. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Everywhere {
  private Everywhere() {}

  @SuppressWarnings("deprecation")
  <T extends LeavingBound> LeavingNetwork network(T size) throws LeavingException {
    if (size.hashCode() == 0) {
      throw new LeavingException();
    }
    return new LeavingNetwork(new NeuralNetConfiguration.Builder().graphBuilder().build());
  }

  @Deprecated(forRemoval = true)
  static Builder builder() {
    return new Builder();
  }

  /** Builds it. */
  static final class Builder {
    Everywhere build() {
      return new Everywhere();
    }
  }
}
