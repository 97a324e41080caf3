package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** As in the examples of Deeplearning4j: sizes in the constructor. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Tall {
  private final int height;

  Tall(int height) {
    this.height = height;
  }

  MultiLayerConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(height).nOut(10).build())
        .build();
  }
}
