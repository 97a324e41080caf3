package com.example;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Type parameters that nothing fixes are inferred. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Sized<T extends Number, S> {
  private final List<T> sizes = List.of();

  MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4 + sizes.size()).nOut(10).build())
        .build();
  }
}
