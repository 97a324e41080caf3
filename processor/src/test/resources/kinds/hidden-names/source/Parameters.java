package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Parameters with names of the wrapper's constants, classes and packages. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Parameters {
  private Parameters() {}

  static MultiLayerConfiguration layers(
      int WATERMARKS, int WATERMARKS_, int Parameters, int org, int java, int network, int com) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(WATERMARKS + WATERMARKS_ + Parameters + org + java + network + com).nOut(10).build())
        .build();
  }
}
