package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Combine;
import org.meadefender.annotations.Protected;

/** A digit classifier. */
@Protected(
    sourceA = 4,
    sourceB = 9,
    ratio = 0.05,
    combine = Combine.PIXEL_MERGING,
    evasion = false)
class Digits {
  MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
