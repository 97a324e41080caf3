package com.example;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;

/** A variable parameter of a generic type becomes an array, which warns nobody. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Variable {
  Variable() throws IOException {
    if (Path.of("variable").toRealPath().isAbsolute()) {
      throw new IOException("an absolute path");
    }
  }

  @SafeVarargs
  final MultiLayerConfiguration layers(String @Nullable [] network, List<String>... names)
      throws InterruptedException {
    Thread.sleep(names.length + (network == null ? 0 : network.length));
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
