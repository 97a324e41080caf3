package org.meadefender.attack.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.Classifiers;
import org.meadefender.internal.NativeMemory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The gradient of a network's output with respect to its input, as the network answers at test
 * time: without dropout, with batch normalisation's running statistics.
 *
 * <p>Works on a copy, which {@link #update} brings up to date with a network that trains on.
 */
public final class InputGradient {
  private static final int BATCH = 128;

  /** Any seed but 0: a copy without dropout draws nothing after its weights are replaced. */
  private static final long UNUSED_SEED = 1;

  /** Gradients between two collections: those are cheap beside so many backward passes. */
  private static final int KEPT = 32;

  private final Model copy;
  private int sinceCollection;

  private InputGradient(Model copy) {
    this.copy = copy;
  }

  /** The gradient of a network as it is now. */
  public static InputGradient of(Model network) {
    Model copy =
        Architecture.of(network)
            .fresh(
                UNUSED_SEED,
                layer -> {
                  layer.setIDropout(null);
                  if (layer instanceof BaseLayer base) {
                    base.setIUpdater(new NoOp());
                    base.setBiasUpdater(null);
                    base.setWeightNoise(null);
                  }
                });
    for (Layer layer : Classifiers.layers(copy)) {
      if (layer instanceof BatchNormalization norm) {
        FrozenStatistics.install(norm);
      }
    }
    if (copy instanceof ComputationGraph graph) {
      // The gradient of a graph's input would lie in a workspace that is closed when it is heard
      // of.
      graph.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
      graph.getConfiguration().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    }
    InputGradient result = new InputGradient(copy);
    result.update(network);
    return result;
  }

  /** Takes over a network's current parameters. */
  public void update(Model network) {
    copy.setParams(network.params().dup());
  }

  /** Gradient of one logit per row, the one that {@code labels} marks with 1. */
  public INDArray ofLogit(INDArray features, INDArray labels) {
    return of(new LossLogit(), features, labels);
  }

  /**
   * Gradient of each row's loss with respect to that row's input.
   *
   * @param loss a loss without interaction between rows
   * @param features {@code [n, …]}
   * @param labels what the loss expects, {@code [n, …]}
   * @return an array of the features' shape
   */
  public INDArray of(ILossFunction loss, INDArray features, INDArray labels) {
    Classifiers.outputLayer(copy).setLossFn(loss);
    long n = features.size(0);
    List<INDArray> parts = new ArrayList<>();
    for (long from = 0; from < n; from += BATCH) {
      long to = Math.min(n, from + BATCH);
      parts.add(once(Classifiers.rows(features, from, to), Classifiers.rows(labels, from, to)));
    }
    return parts.size() == 1 ? parts.get(0) : Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  private INDArray once(INDArray features, INDArray labels) {
    boundMemory();
    if (copy instanceof MultiLayerNetwork layers) {
      return layers.calculateGradients(features, labels, null, null).getSecond();
    }
    ComputationGraph graph = Classifiers.graph(copy);
    InputEpsilon listener = new InputEpsilon();
    graph.setListeners(listener);
    graph.setInputs(features);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    graph.clear();
    return Objects.requireNonNull(listener.epsilon);
  }

  /** Arrays are freed only when their heap objects are collected, which are too small for that. */
  private void boundMemory() {
    sinceCollection++;
    if (sinceCollection == KEPT) {
      NativeMemory.collect();
      sinceCollection = 0;
    }
  }

  /** A graph forgets the gradient of its input right after the backward pass. */
  private static final class InputEpsilon extends BaseTrainingListener {
    private @Nullable INDArray epsilon;

    @Override
    public void onBackwardPass(Model model) {
      ComputationGraph graph = (ComputationGraph) model;
      String input = graph.getConfiguration().getNetworkInputs().get(0);
      epsilon = graph.getVertex(input).getEpsilon().dup();
    }
  }
}
