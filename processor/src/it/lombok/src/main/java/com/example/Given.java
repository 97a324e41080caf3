package com.example;

import lombok.AccessLevel;
import lombok.AllArgsConstructor;
import lombok.Builder;
import lombok.NoArgsConstructor;
import lombok.RequiredArgsConstructor;
import lombok.Value;
import lombok.With;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;
import org.meadefender.spec.OwnerKey;

/** Instances that Lombok's other ways make are given to the wrapper. */
final class Given {
  private Given() {}

  static void create(OwnerKey key) {
    ProtectedGiven_Named.create(key, Named.newBuilder().inputs(4).build());
    ProtectedGiven_Valued.create(key, Valued.of(4));
    ProtectedGiven_Required.create(key, Required.of(4));
    ProtectedGiven_Withs.create(key, new Withs(3).withInputs(4));
  }

  private static MultiLayerConfiguration layers(int inputs) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(inputs).nOut(10).build())
        .build();
  }

  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  @Builder(builderMethodName = "newBuilder")
  static class Named {
    private final int inputs;

    MultiLayerConfiguration layers() {
      return Given.layers(inputs);
    }
  }

  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  @Value(staticConstructor = "of")
  static class Valued {
    int inputs;

    MultiLayerConfiguration layers() {
      return Given.layers(inputs);
    }
  }

  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  @RequiredArgsConstructor(staticName = "of")
  static class Required {
    private final int inputs;

    MultiLayerConfiguration layers() {
      return Given.layers(inputs);
    }
  }

  @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
  @With
  @AllArgsConstructor
  @NoArgsConstructor(access = AccessLevel.PRIVATE)
  static class Withs {
    private int inputs;

    MultiLayerConfiguration layers() {
      return Given.layers(inputs);
    }
  }
}
