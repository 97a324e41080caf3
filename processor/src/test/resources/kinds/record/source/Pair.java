package com.example;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Made by the caller, whatever the type. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
record Pair<T>(List<T> inputs) {
  MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(inputs.size()).nOut(10).build())
        .build();
  }
}
