package com.example;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Its builder has checked exceptions. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Builds {
  private Builds() {}

  MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }

  static Builder builder() throws IOException {
    if (Path.of("builder").toRealPath().isAbsolute()) {
      throw new IOException("an absolute path");
    }
    return new Builder();
  }

  /** Builds it. */
  static final class Builder {
    Builds build() throws InterruptedException {
      Thread.sleep(1);
      return new Builds();
    }
  }
}
