package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.Protected;

/** Already a network. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
interface Ready {
  /** The network. */
  static MultiLayerNetwork network() {
    return new MultiLayerNetwork(configuration());
  }

  private static MultiLayerConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
