package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.meadefender.annotations.Protected;

/** The method has a type variable of the class's name. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
class Shadowed<T, S> {
  <T extends Comparable<T>> MultiLayerConfiguration layers(T t, S s) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(t.hashCode() + s.hashCode()).nOut(10).build())
        .build();
  }
}
