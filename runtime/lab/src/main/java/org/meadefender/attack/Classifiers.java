package org.meadefender.attack;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * What attacks do to networks of both kinds, {@code MultiLayerNetwork} and {@code
 * ComputationGraph}, that end in one output layer.
 */
public final class Classifiers {
  /**
   * Rows per forward pass: enough to fill the cores, few enough for the activations to be small.
   */
  private static final int OUTPUT_BATCH = 256;

  private Classifiers() {}

  /**
   * A network's answers, in batches.
   *
   * @return probabilities, {@code [n, classes]}, outside any workspace
   */
  public static INDArray output(Model network, INDArray features) {
    long n = features.size(0);
    List<INDArray> parts = new ArrayList<>();
    for (long from = 0; from < n; from += OUTPUT_BATCH) {
      parts.add(outputOnce(network, rows(features, from, Math.min(n, from + OUTPUT_BATCH))));
    }
    return parts.size() == 1 ? parts.get(0) : Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  private static INDArray outputOnce(Model network, INDArray features) {
    INDArray result =
        network instanceof MultiLayerNetwork layers
            ? layers.output(features, false)
            : graph(network).outputSingle(false, features);
    return result.detach();
  }

  /** Rows of an array of any rank, as a view. */
  public static INDArray rows(INDArray array, long from, long to) {
    return from == 0 && to == array.size(0) ? array : array.get(NDArrayIndex.interval(from, to));
  }

  /** The samples of {@code data} with a network's answers as labels. */
  public static LabelledSamples answered(Model network, LabelledSamples data) {
    return answered((SuspectModel) features -> output(network, features), data);
  }

  /** The samples of {@code data} with the answers of any model as labels. */
  public static LabelledSamples answered(SuspectModel model, LabelledSamples data) {
    List<INDArray> parts = new ArrayList<>();
    for (int from = 0; from < data.size(); from += OUTPUT_BATCH) {
      int to = Math.min(data.size(), from + OUTPUT_BATCH);
      parts.add(model.predict(data.features(from, to)).detach());
    }
    return data.withLabels(Nd4j.concat(0, parts.toArray(new INDArray[0])));
  }

  /**
   * Trains a network in place, and leaves it with a plain cross-entropy loss.
   *
   * @param data samples with the labels that the loss expects
   */
  public static void fit(
      Model network,
      LabelledSamples data,
      ILossFunction loss,
      FitSettings settings,
      long seed,
      AttackListener listener) {
    BaseOutputLayer output = outputLayer(network);
    DataSetIterator batches = data.shuffledBatches(settings.batch(), seed);
    output.setLossFn(loss);
    try {
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        ((NeuralNetwork) network).fit(batches);
        batches.reset();
        listener.progress("epoch", epoch, settings.epochs());
      }
    } finally {
      output.setLossFn(new LossMCXENT());
    }
  }

  /**
   * The configuration of a network's only output layer.
   *
   * @throws IllegalArgumentException if the network does not end in one output layer
   */
  public static BaseOutputLayer outputLayer(Model network) {
    Layer layer = lastLayer(network);
    if (layer.conf().getLayer() instanceof BaseOutputLayer output) {
      return output;
    }
    throw new IllegalArgumentException(
        "The network ends in "
            + layer.conf().getLayer().getClass().getSimpleName()
            + "; attacks need an OutputLayer as the last layer");
  }

  /** The last layer as it runs. */
  public static Layer lastLayer(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? layers.getOutputLayer()
        : graph(network).getOutputLayer(0);
  }

  /** All layers as they run. */
  public static Layer[] layers(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? layers.getLayers()
        : graph(network).getLayers();
  }

  /**
   * The network as a graph.
   *
   * @throws IllegalArgumentException if it is none, or has several inputs or outputs
   */
  public static ComputationGraph graph(Model network) {
    if (network instanceof ComputationGraph graph) {
      if (graph.getNumInputArrays() == 1 && graph.getNumOutputArrays() == 1) {
        return graph;
      }
      throw new IllegalArgumentException(
          "The graph has "
              + graph.getNumInputArrays()
              + " inputs and "
              + graph.getNumOutputArrays()
              + " outputs; attacks need one of each");
    }
    throw new IllegalArgumentException(
        "A network of type "
            + network.getClass().getName()
            + " is not supported; pass a MultiLayerNetwork or a ComputationGraph");
  }
}
