package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Inner classes, whose instances belong to another one. */
class Shapes<T> {
  private final T size;

  Shapes(T size) {
    this.size = size;
  }

  /** Nothing says what T is, and it does not matter. */
  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  class Round {
    MultiLayerConfiguration layers() {
      return new NeuralNetConfiguration.Builder()
          .list()
          .layer(new OutputLayer.Builder().nIn(size.hashCode()).nOut(10).build())
          .build();
    }
  }

  /** The parameter says what T is. */
  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  abstract class Square<S extends T> {
    MultiLayerConfiguration layers(S other) {
      return new NeuralNetConfiguration.Builder()
          .list()
          .layer(new OutputLayer.Builder().nIn(size.hashCode() + other.hashCode()).nOut(10).build())
          .build();
    }
  }
}
