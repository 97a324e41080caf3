package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Combine;
import org.meadefender.annotations.Protected;

/** Two independent watermarks. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
@Protected(sourceA = 2, sourceB = 3, ratio = 0.05, target = 4, combine = Combine.PIXEL_MERGING)
final class Twice {
  private Twice() {}

  static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
