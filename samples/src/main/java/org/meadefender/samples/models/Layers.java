package org.meadefender.samples.models;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the networks of this package are made of. */
final class Layers {
  private static final double LEARNING_RATE = 1e-3;

  private Layers() {}

  /** ReLU, He initialisation and Adam. */
  static NeuralNetConfiguration.Builder base(long seed) {
    return base(seed, new Adam(LEARNING_RATE));
  }

  /** The same with another optimiser. */
  static NeuralNetConfiguration.Builder base(long seed, IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(updater)
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU);
  }

  static ConvolutionLayer.Builder convolution(int kernel, int channels) {
    return new ConvolutionLayer.Builder(kernel, kernel).nOut(channels);
  }

  static SubsamplingLayer halving() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  static DenseLayer.Builder dense(int units) {
    return new DenseLayer.Builder().nOut(units);
  }

  static OutputLayer softmax(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .weightInit(WeightInit.XAVIER)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
