package com.example;

import lombok.Getter;
import lombok.NoArgsConstructor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Lombok writes the factory method and the constructor. */
@NoArgsConstructor
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Letters {
  @Getter
  private final MultiLayerConfiguration layers =
      new NeuralNetConfiguration.Builder()
          .list()
          .layer(new OutputLayer.Builder().nIn(4).nOut(26).build())
          .build();

  Letters(int unused) {}
}
