package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

@Protected(sourceA = 0, sourceB = 1, ratio = 0.1, target = 2)
final class Digits {
  private Digits() {}

  static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
