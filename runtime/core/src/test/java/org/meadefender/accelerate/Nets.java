package org.meadefender.accelerate;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data for comparisons of the two paths. */
final class Nets {
  static final int CHANNELS = 3;
  static final int SIDE = 12;
  static final int CLASSES = 4;

  private Nets() {}

  /** The layers, a dense layer and an output layer behind them. */
  static MultiLayerNetwork network(
      DataType type, CNN2DFormat format, List<? extends Layer> layers) {
    var list = base(type).list();
    layers.forEach(list::layer);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.layer(new DenseLayer.Builder().nOut(12).activation(Activation.TANH).build())
                .layer(output())
                .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS, format))
                .build());
    network.init();
    return network;
  }

  static MultiLayerNetwork network(Layer... layers) {
    return network(DataType.FLOAT, CNN2DFormat.NCHW, List.of(layers));
  }

  /** Two convolutions of one input, added, and a third one behind them. */
  static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            base(DataType.FLOAT)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(SIDE, SIDE, CHANNELS))
                .addLayer("left", convolution(3, 6, Activation.RELU).padding(1, 1).build(), "in")
                .addLayer("right", convolution(1, 6, Activation.IDENTITY).build(), "in")
                .addVertex("add", add(), "left", "right")
                .addLayer("deep", convolution(3, 5, Activation.RELU).build(), "add")
                .addLayer("out", output(), "deep")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  static ConvolutionLayer.Builder convolution(int kernel, int channels, Activation activation) {
    return new ConvolutionLayer.Builder(kernel, kernel).nOut(channels).activation(activation);
  }

  static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type) {
    return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
  }

  /** Rows of noise with labels, the same for the same seed. */
  static DataSet data(int rows, long seed, DataType type, CNN2DFormat format) {
    long[] shape =
        format == CNN2DFormat.NCHW
            ? new long[] {rows, CHANNELS, SIDE, SIDE}
            : new long[] {rows, SIDE, SIDE, CHANNELS};
    Random random = new Random(seed);
    double[] values = random.doubles((long) rows * CHANNELS * SIDE * SIDE, -1, 1).toArray();
    INDArray features = Nd4j.createFromArray(values).reshape(shape).castTo(type);
    INDArray labels = Nd4j.zeros(type, rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, (row + seed) % CLASSES, 1);
    }
    return new DataSet(features, labels);
  }

  static DataSet data(int rows, long seed) {
    return data(rows, seed, DataType.FLOAT, CNN2DFormat.NCHW);
  }

  /** {@code ‖a − b‖ / ‖b‖}. */
  static double distance(INDArray a, INDArray b) {
    return a.sub(b).norm2Number().doubleValue() / b.norm2Number().doubleValue();
  }

  private static NeuralNetConfiguration.Builder base(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(type)
        .updater(new Adam(1e-2))
        .activation(Activation.RELU);
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static org.deeplearning4j.nn.conf.graph.GraphVertex add() {
    return new org.deeplearning4j.nn.conf.graph.ElementWiseVertex(
        org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op.Add);
  }
}
