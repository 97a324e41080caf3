package com.example;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** Type parameters that the factory's parameters name are passed on. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Chosen<T extends Number> {
  <S extends Comparable<S>> MultiLayerConfiguration layers(T size, List<? super S> names) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(size.intValue() + names.size()).nOut(10).build())
        .build();
  }
}
