package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.ModelFactory;
import org.meadefender.annotations.Protected;

/** What may be null is checked by the wrapper. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Doubtful {
  private Doubtful() {}

  @ModelFactory
  static @Nullable MultiLayerConfiguration layers(boolean any) {
    return any ? some() : null;
  }

  private static MultiLayerConfiguration some() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
