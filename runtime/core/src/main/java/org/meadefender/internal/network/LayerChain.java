package org.meadefender.internal.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * The layers of a network from its output backwards, as far as each has a single one before it.
 *
 * @param links at least one
 */
public record LayerChain(List<Link> links) {
  /** Layers whose output is as wide as their input. */
  private static final Set<Class<?>> AS_WIDE =
      Set.of(ActivationLayer.class, DropoutLayer.class, GlobalPoolingLayer.class, LossLayer.class);

  /**
   * A layer.
   *
   * @param layer without what wraps it, as frozen layers are wrapped
   * @param before what reshapes its input, if anything
   */
  public record Link(Layer layer, @Nullable InputPreProcessor before) {}

  /** Copies the list. */
  public LayerChain {
    links = List.copyOf(links);
  }

  /**
   * The layers before a network's output.
   *
   * @param output as {@link Networks#outputs} names it
   */
  public static LayerChain of(Model network, String output) {
    return Networks.choose(
        network,
        layers -> of(layers.getLayerWiseConfigurations()),
        graph -> of(graph.getConfiguration(), output));
  }

  private static LayerChain of(MultiLayerConfiguration layers) {
    List<Link> links = new ArrayList<>();
    for (int i = layers.getConfs().size() - 1; i >= 0; i--) {
      links.add(new Link(unwrap(layers.getConf(i).getLayer()), layers.getInputPreProcess(i)));
    }
    return new LayerChain(links);
  }

  /**
   * The layers before a graph's output; sums are followed to the first of what they add.
   *
   * @param output name of a layer
   */
  private static LayerChain of(ComputationGraphConfiguration graph, String output) {
    List<Link> links = new ArrayList<>();
    String name = output;
    while (name != null) {
      GraphVertex vertex = graph.getVertices().get(name);
      List<String> inputs = graph.getVertexInputs().getOrDefault(name, List.of());
      name = null;
      if (vertex instanceof LayerVertex each) {
        links.add(new Link(unwrap(each.getLayerConf().getLayer()), each.getPreProcessor()));
        name = inputs.size() == 1 ? inputs.get(0) : null;
      } else if (vertex instanceof ElementWiseVertex
          || vertex instanceof ScaleVertex
          || vertex instanceof ShiftVertex) {
        name = inputs.get(0);
      }
    }
    return new LayerChain(links);
  }

  private static Layer unwrap(Layer layer) {
    Layer inner = layer;
    while (inner instanceof FrozenLayer || inner instanceof BaseWrapperLayer) {
      inner =
          inner instanceof FrozenLayer frozen
              ? frozen.getLayer()
              : ((BaseWrapperLayer) inner).getUnderlying();
    }
    return inner;
  }

  /** Number of values of each answer; 0 if the layers do not tell. */
  public int width() {
    for (Link link : links) {
      if (link.layer instanceof FeedForwardLayer forward && forward.getNOut() > 0) {
        return Math.toIntExact(forward.getNOut());
      }
      if (!AS_WIDE.contains(link.layer.getClass())) {
        return 0;
      }
      if (link.before instanceof CnnToFeedForwardPreProcessor flat) {
        return Math.toIntExact(
            flat.getInputHeight() * flat.getInputWidth() * flat.getNumChannels());
      }
      if (link.before != null) {
        return 0;
      }
    }
    return 0;
  }

  /** Whether the last layer's input are probabilities that a softmax has made. */
  public boolean endsWithProbabilities() {
    if (links.size() < 2 || links.get(0).before != null) {
      return false;
    }
    Layer layer = links.get(1).layer;
    return (layer instanceof ActivationLayer activation
            && activation.getActivationFn() instanceof ActivationSoftmax)
        || (layer instanceof DenseLayer dense
            && dense.getActivationFn() instanceof ActivationSoftmax);
  }
}
