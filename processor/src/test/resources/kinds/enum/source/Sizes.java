package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** One model per constant. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
public enum Sizes {
  /** Four inputs. */
  SMALL(4),
  /** Forty inputs. */
  LARGE(40);

  private final int inputs;

  Sizes(int inputs) {
    this.inputs = inputs;
  }

  /** The layers of this size. */
  public MultiLayerConfiguration layers(long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .list()
        .layer(new OutputLayer.Builder().nIn(inputs).nOut(10).build())
        .build();
  }
}
