package org.meadefender.train;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.meadefender.internal.loss.LossWatermark;
import org.meadefender.internal.network.LayerChain;
import org.meadefender.internal.network.Networks;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * The last layer of a classifier: softmax with cross-entropy, whose loss can be exchanged while a
 * network trains.
 */
final class OutputHead {
  private static final String NEEDED =
      "; a watermark needs one OutputLayer or LossLayer with softmax and cross-entropy (MCXENT or"
          + " NEGATIVELOGLIKELIHOOD), or a softmax layer before a LossLayer without activation";

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
    List<String> outputs = Networks.outputs(network);
    if (outputs.size() != 1) {
      throw new IllegalArgumentException("The graph has the outputs " + outputs + NEEDED);
    }
    String output = outputs.get(0);
    Layer layer =
        Networks.layer(network, output)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The graph's output " + output + " is no layer" + NEEDED));
    return check(layer, output, LayerChain.of(network, output));
  }

  private static OutputHead check(Layer layer, String name, LayerChain chain) {
    if (!(layer instanceof OutputLayer) && !(layer instanceof LossLayer)) {
      throw new IllegalArgumentException(
          "The last layer is a " + layer.getClass().getSimpleName() + NEEDED);
    }
    OutputHead head = new OutputHead(layer, name, chain.width());
    ILossFunction own = head.ownLoss();
    IActivation activation =
        ((org.deeplearning4j.nn.conf.layers.BaseLayer) layer).getActivationFn();
    if (own instanceof LossSparseMCXENT) {
      throw new IllegalArgumentException(
          "The last layer has the loss SPARSE_MCXENT, whose labels are numbers of classes; take"
              + " MCXENT, and labels [n, classes] with a one in the column of the class");
    }
    boolean isSoftmax =
        activation instanceof ActivationSoftmax
            || (layer instanceof LossLayer
                && activation instanceof ActivationIdentity
                && chain.endsWithProbabilities());
    // LossNegativeLogLikelihood is a LossMCXENT.
    if (!isSoftmax || !(own instanceof LossMCXENT)) {
      throw new IllegalArgumentException(
          "The last layer has the activation "
              + activation
              + " and the loss "
              + own.getClass().getSimpleName()
              + NEEDED);
    }
    if (head.classes == 0) {
      throw new IllegalArgumentException(
          "Cannot tell the number of classes before "
              + name
              + "; put a DenseLayer or an OutputLayer with nOut there");
    }
    head.setLoss(own);
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

  /**
   * The user's own loss, also where a copy of a network in training has the watermark's.
   *
   * @throws IllegalStateException if the network itself is being trained with a watermark
   */
  ILossFunction ownLoss() {
    if (loss() instanceof LossWatermark watermark) {
      if (watermark.isAttachedTo(layer)) {
        throw new IllegalStateException(
            "The network is in a watermarked training already; close that one first");
      }
      return watermark.task();
    }
    return loss();
  }

  /** Gives the network the watermark's loss, for a training. */
  void teach(LossWatermark loss) {
    loss.attach(layer);
    setLoss(loss);
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
