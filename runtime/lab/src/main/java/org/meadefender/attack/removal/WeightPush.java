package org.meadefender.attack.removal;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.meadefender.attack.Classifiers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds the gradient of {@code α⟨W, W_old⟩}, which is {@code α·W_old}, to that of the last layer.
 */
final class WeightPush extends BaseTrainingListener {
  private final double alpha;
  private final INDArray oldWeights;

  WeightPush(double alpha, INDArray oldWeights) {
    this.alpha = alpha;
    this.oldWeights = oldWeights;
  }

  @Override
  public void onGradientCalculation(Model model) {
    // Gradients are sums over the batch here; the updater divides by its size.
    INDArray gradient = model.gradient().getGradientFor(lastWeights(model));
    gradient.addi(oldWeights.mul(alpha * model.batchSize()));
  }

  private static String lastWeights(Model model) {
    if (model instanceof MultiLayerNetwork layers) {
      return (layers.getnLayers() - 1) + "_W";
    }
    return ((ComputationGraph) model).getConfiguration().getNetworkOutputs().get(0) + "_W";
  }

  /** The weights of a network's last layer, a copy. */
  static INDArray of(Model network) {
    return Classifiers.lastLayer(network).getParam("W").dup();
  }
}
