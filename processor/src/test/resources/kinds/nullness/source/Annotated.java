package com.example;

import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;

/** Nullness inside types, of arrays, nested classes and variable parameters. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Annotated<T> {
  MultiLayerConfiguration layers(
      Map.@Nullable Entry<String, @Nullable String> entry,
      String @Nullable [] names,
      @Nullable String[] more,
      java.util.List<@Nullable Integer> sizes,
      @Nullable T t,
      int @Nullable ... last) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(String.valueOf(entry).length() + more.length + sizes.size()
            + (names == null || t == null || last == null ? 0 : 1)).nOut(10).build())
        .build();
  }
}
