package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** Two watermarks of the same template. */
@PlantMark(sourceA = 2, sourceB = 3)
@PlantMark(sourceA = 4, sourceB = 5)
final class ByPlants {
  private ByPlants() {}

  static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
