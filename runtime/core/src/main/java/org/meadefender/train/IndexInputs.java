package org.meadefender.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Finds inputs that are indices, as of words: numbers whose mix is the index of something else. */
final class IndexInputs {
  private IndexInputs() {}

  /**
   * Refuses an input that goes to an embedding.
   *
   * @param input place among the network's inputs
   * @throws IllegalArgumentException if the samples of that input cannot be combined
   */
  static void refuse(Model network, int input) {
    boolean indices =
        network instanceof MultiLayerNetwork layers
            ? isEmbedding(layers.getLayerWiseConfigurations().getConf(0).getLayer())
            : network instanceof ComputationGraph graph
                && readsIndices(graph.getConfiguration(), input);
    if (indices) {
      throw new IllegalArgumentException(
          "The network's input goes to an embedding layer: it takes indices, and a mix of two indices"
              + " is the index of something else. Look the vectors up before the network, and train it"
              + " on sequences [n, F, T] (or vectors [n, F]), or let another input carry the mark");
    }
  }

  private static boolean readsIndices(ComputationGraphConfiguration graph, int input) {
    Deque<String> reached = new ArrayDeque<>(List.of(graph.getNetworkInputs().get(input)));
    while (!reached.isEmpty()) {
      String from = reached.remove();
      for (Map.Entry<String, List<String>> inputs : graph.getVertexInputs().entrySet()) {
        if (inputs.getValue().contains(from)) {
          GraphVertex vertex = graph.getVertices().get(inputs.getKey());
          if (!(vertex instanceof LayerVertex layer)) {
            reached.add(inputs.getKey());
          } else if (isEmbedding(layer.getLayerConf().getLayer())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isEmbedding(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return isEmbedding(frozen.getLayer());
    }
    if (layer instanceof BaseWrapperLayer wrapper) {
      return isEmbedding(wrapper.getUnderlying());
    }
    return layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer;
  }
}
