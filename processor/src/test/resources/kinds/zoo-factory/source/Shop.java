package com.example;

import org.deeplearning4j.zoo.model.LeNet;
import org.meadefender.annotations.Protected;

/** Configures an entry of Deeplearning4j's own zoo. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
final class Shop {
  private Shop() {}

  static LeNet entry(int classes) {
    return LeNet.builder().numClasses(classes).build();
  }
}
