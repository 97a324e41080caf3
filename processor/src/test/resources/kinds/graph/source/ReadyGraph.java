package com.example;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.meadefender.annotations.Protected;

/** Already a graph. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class ReadyGraph {
  private ReadyGraph() {}

  static ComputationGraph graph() {
    return new ComputationGraph(configuration());
  }

  private static ComputationGraphConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("in")
        .addLayer("out", new OutputLayer.Builder().nIn(4).nOut(10).build(), "in")
        .setOutputs("out")
        .build();
  }
}
