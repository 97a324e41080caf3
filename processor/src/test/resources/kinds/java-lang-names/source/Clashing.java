package com.example.clash;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/**
 * Classes of java.lang are meant.
 *
 * @deprecated for a newer one
 */
@Deprecated
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Clashing {
  private Clashing() {}

  static MultiLayerConfiguration layers(java.lang.Integer size, Integer other) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(size + other.value().length()).nOut(10).build())
        .build();
  }
}
