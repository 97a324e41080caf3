package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Net {
  private Net() {}

  static MultiLayerConfiguration layers() {
    return layers(4);
  }

  static MultiLayerConfiguration layers(int inputs) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(inputs).nOut(10).build())
        .build();
  }
}
