package com.example;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Old style. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class RawTypes {
  private RawTypes() {}

  @SuppressWarnings("rawtypes")
  static MultiLayerConfiguration layers(List names) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(names.size()).nOut(10).build())
        .build();
  }
}
