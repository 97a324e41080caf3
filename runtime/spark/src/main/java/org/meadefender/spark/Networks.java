package org.meadefender.spark;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What Deeplearning4j's two kinds of network have in common but share no interface for. */
final class Networks {
  private Networks() {}

  /** Steps that a network has behind it. */
  static int iterations(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? layers.getLayerWiseConfigurations().getIterationCount()
        : ((ComputationGraph) network).getConfiguration().getIterationCount();
  }

  static int epochs(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? layers.getLayerWiseConfigurations().getEpochCount()
        : ((ComputationGraph) network).getConfiguration().getEpochCount();
  }

  static void setCounts(Model network, int iterations, int epochs) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.getLayerWiseConfigurations().setIterationCount(iterations);
      layers.getLayerWiseConfigurations().setEpochCount(epochs);
    } else {
      ((ComputationGraph) network).getConfiguration().setIterationCount(iterations);
      ((ComputationGraph) network).getConfiguration().setEpochCount(epochs);
    }
  }

  /** The updater's state; empty where it keeps none. */
  static Optional<INDArray> updaterState(Model network) {
    return Optional.ofNullable(
        network instanceof MultiLayerNetwork layers
            ? layers.getUpdater().getStateViewArray()
            : ((ComputationGraph) network).getUpdater().getStateViewArray());
  }

  /** The configuration without what training changes in it. */
  static String configuration(Model network) {
    String json =
        network instanceof MultiLayerNetwork layers
            ? layers.getLayerWiseConfigurations().toJson()
            : ((ComputationGraph) network).getConfiguration().toJson();
    return json.replaceAll("\"(iteration|epoch)Count\" : \\d+", "");
  }
}
