package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.ModelFactory;
import org.meadefender.annotations.Protected;

/** Its wrapper has the name of the runtime's class. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Model {
  private Model() {}

  @ModelFactory
  static MultiLayerNetwork network(OwnerKey model) {
    return new MultiLayerNetwork(layers(new List(model)));
  }

  private static MultiLayerConfiguration layers(List list) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(list.hashCode()).nOut(10).build())
        .build();
  }
}
