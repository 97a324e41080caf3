package org.meadefender.samples.calibration;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks that really learn, in three kinds, and their trainings. */
final class CalibrationNetworks {
  private static final int BATCH = 64;
  private static final double LEARNING_RATE = 2e-3;

  private CalibrationNetworks() {}

  /** Number of kinds. */
  static final int KINDS = 5;

  /** The kinds in turn: a small LeNet, a wider one, two dense ones, and a single convolution. */
  static MultiLayerConfiguration configuration(
      int kind, int classes, ImageSet.Shape shape, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(LEARNING_RATE))
            .weightInit(WeightInit.RELU)
            .activation(Activation.RELU)
            .list();
    switch (kind % KINDS) {
      case 0 -> convolutions(layers, 12, 24).layer(new DenseLayer.Builder().nOut(64).build());
      case 1 -> convolutions(layers, 20, 40).layer(new DenseLayer.Builder().nOut(96).build());
      case 2 ->
          layers
              .layer(new DenseLayer.Builder().nOut(128).build())
              .layer(new DenseLayer.Builder().nOut(64).build());
      case 3 -> convolutions(layers, 16).layer(new DenseLayer.Builder().nOut(100).build());
      default ->
          layers
              .layer(new DenseLayer.Builder().nOut(300).activation(Activation.TANH).build())
              .layer(new DenseLayer.Builder().nOut(100).activation(Activation.TANH).build());
    }
    return layers
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private static NeuralNetConfiguration.ListBuilder convolutions(
      NeuralNetConfiguration.ListBuilder layers, int... each) {
    for (int channels : each) {
      layers
          .layer(new ConvolutionLayer.Builder(5, 5).nOut(channels).build())
          .layer(
              new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                  .kernelSize(2, 2)
                  .stride(2, 2)
                  .build());
    }
    return layers;
  }

  /** A model without a mark. */
  static MultiLayerNetwork clean(int kind, ImageSet data, int epochs, long seed) {
    MultiLayerNetwork network = initialised(kind, data, seed);
    network.fit(data.shuffledIterator(BATCH, seed), epochs);
    return network;
  }

  /** A thief's copy: learns a victim's probabilities. */
  static MultiLayerNetwork copy(
      MultiLayerNetwork victim, int kind, ImageSet data, int epochs, long seed) {
    MultiLayerNetwork network = initialised(kind, data, seed);
    DataSetIterator batches = data.shuffledIterator(BATCH, seed);
    for (int epoch = 0; epoch < epochs; epoch++) {
      while (batches.hasNext()) {
        INDArray features = batches.next().getFeatures();
        network.fit(new DataSet(features, victim.output(features, false)));
      }
      batches.reset();
    }
    return network;
  }

  private static MultiLayerNetwork initialised(int kind, ImageSet data, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(configuration(kind, data.classes(), data.shape(), seed));
    network.init();
    Acceleration.enable(network);
    return network;
  }
}
