package com.example;

import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.LeNet;
import org.meadefender.annotations.Protected;

/** A factory that does not tell which entry it takes. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Untyped {
  private Untyped() {}

  static ZooModel<?> entry() {
    return LeNet.builder().build();
  }
}
