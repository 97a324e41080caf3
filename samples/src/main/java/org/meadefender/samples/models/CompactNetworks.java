package org.meadefender.samples.models;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.meadefender.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small relatives of the paper's networks, for experiments on two cores. */
public final class CompactNetworks {
  private static final int WIDTH = 32;

  /** Share of the inputs that dropout keeps. */
  private static final double KEPT = 0.5;

  private CompactNetworks() {}

  /** A LeNet: convolutions of 5×5 with 20 and 50 channels, each pooled, and 128 dense units. */
  public static MultiLayerConfiguration lenet(
      ImageSet.Shape shape, int classes, long seed, IUpdater updater) {
    return base(seed)
        .updater(updater)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(20).build())
        .layer(pooling())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(50).build())
        .layer(pooling())
        .layer(new DenseLayer.Builder().nOut(128).build())
        .layer(output(classes))
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  /** Three blocks of convolution and pooling, then two dense layers; in the manner of VGG. */
  public static MultiLayerConfiguration vggLike(ImageSet.Shape shape, int classes, long seed) {
    return vggLike(shape, classes, seed, new Adam(1e-3));
  }

  /** The same with another optimiser. */
  public static MultiLayerConfiguration vggLike(
      ImageSet.Shape shape, int classes, long seed, IUpdater updater) {
    return base(seed)
        .updater(updater)
        .list()
        .layer(convolution(32))
        .layer(pooling())
        .layer(convolution(64))
        .layer(pooling())
        .layer(convolution(128))
        .layer(pooling())
        .layer(new DenseLayer.Builder().nOut(128).build())
        .layer(output(classes))
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  /**
   * Three blocks of convolution, pooling and batch normalisation, then two dense layers, the first
   * with dropout. Pooled first, the largest activations need not be normalised, which took half of
   * the time.
   */
  public static MultiLayerConfiguration normalised(
      ImageSet.Shape shape, int classes, long seed, IUpdater updater) {
    NeuralNetConfiguration.ListBuilder layers = base(seed).updater(updater).list();
    for (int channels : new int[] {32, 64, 128}) {
      layers
          .layer(
              new ConvolutionLayer.Builder(3, 3)
                  .nOut(channels)
                  .padding(1, 1)
                  .hasBias(false)
                  .activation(Activation.IDENTITY)
                  .build())
          .layer(pooling())
          .layer(new BatchNormalization.Builder().activation(Activation.RELU).build());
    }
    return layers
        .layer(new DenseLayer.Builder().nOut(128).dropOut(KEPT).build())
        .layer(output(classes))
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  /** Convolutions with batch normalisation and one residual connection per block. */
  public static ComputationGraphConfiguration residual(
      ImageSet.Shape shape, int classes, long seed) {
    return residual(shape, classes, seed, WIDTH);
  }

  /** The same with so many channels in the first block, and twice as many in the second. */
  public static ComputationGraphConfiguration residual(
      ImageSet.Shape shape, int classes, long seed, int width) {
    return base(seed)
        .graphBuilder()
        .addInputs("in")
        .addLayer("stem", convolution(width), "in")
        .addLayer("pool1", pooling(), "stem")
        .addLayer("a1", convolution(width), "pool1")
        .addLayer("norm1", new BatchNormalization(), "a1")
        .addLayer("b1", convolution(width), "norm1")
        .addVertex("sum1", new ElementWiseVertex(ElementWiseVertex.Op.Add), "b1", "pool1")
        .addLayer("wide", convolution(2 * width), "sum1")
        .addLayer("pool2", pooling(), "wide")
        .addLayer("a2", convolution(2 * width), "pool2")
        .addLayer("norm2", new BatchNormalization(), "a2")
        .addLayer("b2", convolution(2 * width), "norm2")
        .addVertex("sum2", new ElementWiseVertex(ElementWiseVertex.Op.Add), "b2", "pool2")
        .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "sum2")
        .addLayer("out", output(classes), "mean")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private static NeuralNetConfiguration.Builder base(long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU);
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(3, 3).nOut(channels).padding(1, 1).build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build();
  }

  private static OutputLayer output(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
