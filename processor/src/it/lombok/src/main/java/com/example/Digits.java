package com.example;

import lombok.Builder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Lombok replaces the constructor without parameters by a builder. */
@Builder
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1, target = 2)
class Digits {
  @Builder.Default private final int inputs = 4;

  MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(inputs).nOut(10).build())
        .build();
  }
}
