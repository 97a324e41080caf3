package org.meadefender.samples.models;

import static org.meadefender.samples.models.Layers.convolution;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;

/** A residual graph with batch normalisation: three stages of one block, 16, 32 and 64 channels. */
public final class SmallResNet {
  private static final int[] CHANNELS = {16, 32, 64};

  private SmallResNet() {}

  /**
   * For images {@code [n, 3, 32, 32]}.
   *
   * @param seed not 0
   */
  public static ComputationGraphConfiguration configuration(int classes, long seed) {
    GraphBuilder graph =
        Layers.base(seed)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(32, 32, 3));
    String last = normalised(graph, "stem", "in", CHANNELS[0], 3, 1, Activation.RELU);
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      last = block(graph, "block" + stage, last, CHANNELS[stage], stage == 0 ? 1 : 2);
    }
    return graph
        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), last)
        .addLayer("out", Layers.softmax(classes), "pool")
        .setOutputs("out")
        .build();
  }

  private static String block(
      GraphBuilder graph, String name, String from, int channels, int stride) {
    String first = normalised(graph, name + "a", from, channels, 3, stride, Activation.RELU);
    String second = normalised(graph, name + "b", first, channels, 3, 1, Activation.IDENTITY);
    String shortcut =
        stride == 1
            ? from
            : normalised(graph, name + "s", from, channels, 1, stride, Activation.IDENTITY);
    graph
        .addVertex(name + "+", new ElementWiseVertex(ElementWiseVertex.Op.Add), second, shortcut)
        .addLayer(
            name, new ActivationLayer.Builder().activation(Activation.RELU).build(), name + "+");
    return name;
  }

  private static String normalised(
      GraphBuilder graph,
      String name,
      String from,
      int channels,
      int kernel,
      int stride,
      Activation activation) {
    graph
        .addLayer(
            name + "c",
            convolution(kernel, channels)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build(),
            from)
        .addLayer(
            name + "n",
            new BatchNormalization.Builder().activation(Activation.IDENTITY).build(),
            name + "c");
    if (activation == Activation.IDENTITY) {
      return name + "n";
    }
    graph.addLayer(name, new ActivationLayer.Builder().activation(activation).build(), name + "n");
    return name;
  }
}
