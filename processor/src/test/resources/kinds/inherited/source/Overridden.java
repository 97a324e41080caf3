package com.example;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Has a factory. */
abstract class Overridden {
  abstract MultiLayerConfiguration layers();
}
