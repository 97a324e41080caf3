package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Holds models. */
public final class Nets {
  private Nets() {}

  /** Seen by the package only, as its wrapper. */
  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  static class Small {
    MultiLayerConfiguration layers() {
      return new NeuralNetConfiguration.Builder()
          .list()
          .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
          .build();
    }
  }

  /** Seen by all. */
  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  public static final class Large {
    private Large() {}

    /** The layers. */
    public static MultiLayerConfiguration layers() {
      return new NeuralNetConfiguration.Builder()
          .list()
          .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
          .build();
    }
  }
}
