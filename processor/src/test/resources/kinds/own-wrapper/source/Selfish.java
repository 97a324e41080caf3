package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;
import org.meadefender.spec.OwnerKey;

/** Mentions its own wrapper everywhere. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Selfish {
  private final ProtectedSelfish wrapper;

  Selfish(ProtectedSelfish wrapper) {
    this.wrapper = wrapper;
  }

  ProtectedSelfish wrapper() {
    return wrapper;
  }

  static ProtectedSelfish create(OwnerKey key) {
    return ProtectedSelfish.create(key);
  }

  static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
