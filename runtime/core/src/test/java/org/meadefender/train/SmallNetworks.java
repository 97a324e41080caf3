package org.meadefender.train;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Networks for 1 × 28 × 28 images and for feature vectors, small enough to train in seconds. */
public final class SmallNetworks {
  private SmallNetworks() {}

  private static NeuralNetConfiguration.Builder builder(long seed, double learningRate) {
    return new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(learningRate));
  }

  /** Falling from epoch to epoch, as users train. */
  private static Adam fallingRate() {
    return new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 1e-3, 0.8));
  }

  private static OutputLayer output(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(5, 5).nOut(channels).activation(Activation.RELU).build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  /** Two convolutions of 8 and 16 channels and a dense layer, ten classes. */
  public static MultiLayerConfiguration convolutional(long seed) {
    return convolutional(builder(seed, 2e-3), 8, 16, 64);
  }

  /** The same with 20 and 50 channels: large enough to be worth stealing. */
  public static MultiLayerConfiguration lenet(long seed) {
    return convolutional(
        builder(seed, 1e-3).updater(fallingRate()).weightInit(WeightInit.RELU), 20, 50, 128);
  }

  private static MultiLayerConfiguration convolutional(
      NeuralNetConfiguration.Builder builder, int first, int second, int dense) {
    return builder
        .list()
        .layer(convolution(first))
        .layer(pooling())
        .layer(convolution(second))
        .layer(pooling())
        .layer(new DenseLayer.Builder().nOut(dense).activation(Activation.RELU).build())
        .layer(output(10))
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }

  /** The same as a graph. */
  public static ComputationGraphConfiguration convolutionalGraph(long seed) {
    return builder(seed, 2e-3)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(InputType.convolutional(28, 28, 1))
        .addLayer("c1", convolution(8), "in")
        .addLayer("p1", pooling(), "c1")
        .addLayer("c2", convolution(16), "p1")
        .addLayer("p2", pooling(), "c2")
        .addLayer("d", new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build(), "p2")
        .addLayer("out", output(10), "d")
        .setOutputs("out")
        .build();
  }

  /** One dense layer for the images, ten classes: learns them in a few quick epochs. */
  public static MultiLayerConfiguration flat(long seed) {
    return builder(seed, 2e-3)
        .list()
        .layer(new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build())
        .layer(output(10))
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }

  /** The same with a second input, "side", of four values. */
  public static ComputationGraphConfiguration twoInputs(long seed) {
    return builder(seed, 2e-3)
        .graphBuilder()
        .addInputs("side", "image")
        .setInputTypes(InputType.feedForward(4), InputType.convolutional(28, 28, 1))
        .addLayer("s", new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build(), "side")
        .addLayer(
            "i", new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build(), "image")
        .addVertex("both", new MergeVertex(), "s", "i")
        .addLayer("out", output(10), "both")
        .setOutputs("out")
        .build();
  }

  /** One dense layer for feature vectors of eight values, three classes. */
  public static MultiLayerConfiguration dense(long seed, double learningRate) {
    return builder(seed, learningRate)
        .list()
        .layer(new DenseLayer.Builder().nIn(8).nOut(16).activation(Activation.RELU).build())
        .layer(output(3))
        .setInputType(InputType.feedForward(8))
        .build();
  }

  /** The same with its softmax in a loss layer of its own. */
  public static MultiLayerConfiguration withLossLayer(long seed) {
    return builder(seed, 1e-2)
        .list()
        .layer(new DenseLayer.Builder().nIn(8).nOut(16).activation(Activation.RELU).build())
        .layer(new DenseLayer.Builder().nOut(3).activation(Activation.IDENTITY).build())
        .layer(
            new LossLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.feedForward(8))
        .build();
  }

  /** One recurrent layer for sequences of eight values, three classes. */
  public static MultiLayerConfiguration recurrent(long seed) {
    return builder(seed, 1e-2)
        .list()
        .layer(new LSTM.Builder().nOut(12).activation(Activation.TANH).build())
        .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
        .layer(output(3))
        .setInputType(InputType.recurrent(8))
        .build();
  }

  /** One dense layer as in {@link #dense}, with any loss and updater. */
  static MultiLayerConfiguration dense(IUpdater updater, ILossFunction loss) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(updater)
        .list()
        .layer(new DenseLayer.Builder().nIn(8).nOut(16).activation(Activation.RELU).build())
        .layer(new OutputLayer.Builder(loss).nIn(16).nOut(3).activation(Activation.SOFTMAX).build())
        .build();
  }
}
