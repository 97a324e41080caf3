package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Whoever implements it makes the model. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
interface Shape {
  default MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
