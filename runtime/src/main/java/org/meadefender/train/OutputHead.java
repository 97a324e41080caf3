package org.meadefender.train;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The last layer of a classifier: softmax with cross-entropy, whose loss can be exchanged while a
 * network trains.
 */
final class OutputHead {
  private static final String NEEDED =
      "; a watermark needs one OutputLayer or LossLayer with softmax and cross-entropy (MCXENT or"
          + " NEGATIVELOGLIKELIHOOD)";

  private final Layer layer;
  private final String name;
  private final int classes;

  private OutputHead(Layer layer, String name, int classes) {
    this.layer = layer;
    this.name = name;
    this.classes = classes;
  }

  /**
   * Finds the head of a network.
   *
   * @throws IllegalArgumentException if the network is no single-output softmax classifier
   */
  static OutputHead of(Model network) {
    if (network instanceof MultiLayerNetwork layers) {
      List<Layer> all =
          layers.getLayerWiseConfigurations().getConfs().stream()
              .map(each -> each.getLayer())
              .toList();
      int classes = 0;
      for (Layer each : all) {
        classes = outputsOf(each, classes);
      }
      int last = all.size() - 1;
      return check(all.get(last), Integer.toString(last), classes);
    }
    if (network instanceof ComputationGraph graph) {
      return of(graph.getConfiguration());
    }
    throw new IllegalArgumentException(
        "A "
            + network.getClass().getName()
            + " cannot be protected; pass a MultiLayerNetwork or a ComputationGraph");
  }

  private static OutputHead of(ComputationGraphConfiguration graph) {
    List<String> outputs = graph.getNetworkOutputs();
    if (outputs.size() != 1) {
      throw new IllegalArgumentException("The graph has the outputs " + outputs + NEEDED);
    }
    String output = outputs.get(0);
    String name = output;
    Layer head = layerOf(graph, name);
    if (head == null) {
      throw new IllegalArgumentException("The graph's output " + name + " is no layer" + NEEDED);
    }
    int classes = outputsOf(head, 0);
    while (classes == 0) {
      List<String> inputs = graph.getVertexInputs().get(name);
      if (inputs == null || inputs.size() != 1) {
        throw new IllegalArgumentException(
            "Cannot tell the number of classes before "
                + name
                + "; put a DenseLayer or an OutputLayer with nOut there");
      }
      name = inputs.get(0);
      Layer before = layerOf(graph, name);
      classes = before == null ? 0 : outputsOf(before, 0);
    }
    return check(head, output, classes);
  }

  private static @Nullable Layer layerOf(ComputationGraphConfiguration graph, String name) {
    return graph.getVertices().get(name) instanceof LayerVertex vertex
        ? vertex.getLayerConf().getLayer()
        : null;
  }

  private static int outputsOf(Layer layer, int otherwise) {
    return layer instanceof FeedForwardLayer forward && forward.getNOut() > 0
        ? Math.toIntExact(forward.getNOut())
        : otherwise;
  }

  private static OutputHead check(Layer layer, String name, int classes) {
    if (!(layer instanceof OutputLayer) && !(layer instanceof LossLayer)) {
      throw new IllegalArgumentException(
          "The last layer is a " + layer.getClass().getSimpleName() + NEEDED);
    }
    OutputHead head = new OutputHead(layer, name, classes);
    IActivation activation =
        ((org.deeplearning4j.nn.conf.layers.BaseLayer) layer).getActivationFn();
    // LossNegativeLogLikelihood is a LossMCXENT.
    if (!(activation instanceof ActivationSoftmax) || !(head.loss() instanceof LossMCXENT)) {
      throw new IllegalArgumentException(
          "The last layer has the activation "
              + activation
              + " and the loss "
              + head.loss().getClass().getSimpleName()
              + NEEDED);
    }
    return head;
  }

  /** Number of classes. */
  int classes() {
    return classes;
  }

  /** A view of the classes' biases, {@code [1, classes]}; empty if the last layer has none. */
  Optional<INDArray> bias(Model network) {
    return Optional.ofNullable(
        network.paramTable().get(name + "_" + DefaultParamInitializer.BIAS_KEY));
  }

  ILossFunction loss() {
    return layer instanceof LossLayer lossLayer
        ? lossLayer.getLossFn()
        : ((BaseOutputLayer) layer).getLossFn();
  }

  void setLoss(ILossFunction loss) {
    if (layer instanceof LossLayer lossLayer) {
      lossLayer.setLossFn(loss);
    } else {
      ((BaseOutputLayer) layer).setLossFn(loss);
    }
  }
}
