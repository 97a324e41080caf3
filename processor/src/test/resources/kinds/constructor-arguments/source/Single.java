package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** A singleton, as in the examples of Deeplearning4j. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
public final class Single {
  private static final Single INSTANCE = new Single();

  private Single() {}

  /** The only one. */
  public static Single getInstance() {
    return INSTANCE;
  }

  MultiLayerConfiguration network(long seed) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(seed).nOut(10).build())
        .build();
  }
}
