package com.example;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.meadefender.annotations.ModelFactory;
import org.meadefender.annotations.Protected;

/** Several factories, one marked. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Many {
  private Many() {}

  static MultiLayerConfiguration small() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }

  @ModelFactory
  static ComputationGraph large() {
    return new ComputationGraph(vertices());
  }

  static ComputationGraphConfiguration vertices() {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("in")
        .addLayer("out", new OutputLayer.Builder().nIn(4).nOut(10).build(), "in")
        .setOutputs("out")
        .build();
  }
}
