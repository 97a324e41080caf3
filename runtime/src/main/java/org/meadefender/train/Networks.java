package org.meadefender.train;

import java.util.Collection;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What Deeplearning4j's two kinds of network have in common but share no interface for. */
final class Networks {
  private Networks() {}

  private static <T> T choose(
      Model network, Function<MultiLayerNetwork, T> layers, Function<ComputationGraph, T> graph) {
    if (network instanceof MultiLayerNetwork multiLayer) {
      return layers.apply(multiLayer);
    }
    if (network instanceof ComputationGraph computationGraph) {
      return graph.apply(computationGraph);
    }
    throw new IllegalArgumentException(
        "A "
            + network.getClass().getName()
            + " cannot be protected; pass a MultiLayerNetwork or a ComputationGraph");
  }

  static long seed(Model network) {
    return choose(
        network,
        layers -> layers.getDefaultConfiguration().getSeed(),
        graph -> graph.getConfiguration().getDefaultConfiguration().getSeed());
  }

  /** Initialises a network that is not yet; parameters that it has stay. */
  static void init(Model network) {
    if (network instanceof MultiLayerNetwork layers && layers.isInitCalled()) {
      return;
    }
    // A graph's init does nothing the second time.
    network.init();
  }

  static Collection<TrainingListener> listeners(Model network) {
    return choose(network, MultiLayerNetwork::getListeners, ComputationGraph::getListeners);
  }

  /** One pass over the data. */
  static void fit(Model network, DataSetIterator data) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.fit(data);
    } else if (network instanceof ComputationGraph graph) {
      graph.fit(data);
    }
  }
}
