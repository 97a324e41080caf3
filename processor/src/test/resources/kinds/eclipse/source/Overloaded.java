package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Same-named methods, one of them inherited. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Overloaded extends Overloads<Integer> {
  private Overloaded() {}

  @Override
  int classes(Integer size) {
    return size;
  }

  int classes(int size) {
    return size;
  }

  static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
