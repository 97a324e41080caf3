package com.example;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Its factory stands in the generic superclass. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Heir extends Base<ComputationGraphConfiguration> {
  Heir() {
    super(vertices());
  }

  private static ComputationGraphConfiguration vertices() {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("in")
        .addLayer("out", new OutputLayer.Builder().nIn(4).nOut(10).build(), "in")
        .setOutputs("out")
        .build();
  }
}
