package org.meadefender.attack.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.Classifiers;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** What a network's last layer sees, and that layer as a network of its own. */
public final class Features {
  private static final int BATCH = 256;

  private Features() {}

  /**
   * The inputs of the last layer, the "penultimate features".
   *
   * @param samples {@code [n, …]}
   * @return {@code [n, d]}
   */
  public static INDArray of(Model network, INDArray samples) {
    long n = samples.size(0);
    List<INDArray> parts = new ArrayList<>();
    for (long from = 0; from < n; from += BATCH) {
      INDArray rows = Classifiers.rows(samples, from, Math.min(n, from + BATCH));
      parts.add(
          network instanceof MultiLayerNetwork layers
              ? ofLayers(layers, rows)
              : ofGraph(Classifiers.graph(network), rows));
    }
    return parts.size() == 1 ? parts.get(0) : Nd4j.concat(0, parts.toArray(new INDArray[0]));
  }

  /** The same samples as their features, with the same labels. */
  public static LabelledSamples of(Model network, LabelledSamples data) {
    List<LabelledSamples> parts = new ArrayList<>();
    for (int from = 0; from < data.size(); from += BATCH) {
      int to = Math.min(data.size(), from + BATCH);
      parts.add(LabelledSamples.of(of(network, data.features(from, to)), data.labels(from, to)));
    }
    return LabelledSamples.join(parts);
  }

  private static INDArray ofLayers(MultiLayerNetwork layers, INDArray samples) {
    int last = layers.getnLayers() - 1;
    INDArray result = samples;
    if (last > 0) {
      List<INDArray> activations = layers.feedForwardToLayer(last - 1, samples, false);
      result = activations.get(last);
    }
    InputPreProcessor flatten = layers.getLayerWiseConfigurations().getInputPreProcess(last);
    return preProcess(flatten, result);
  }

  private static INDArray ofGraph(ComputationGraph graph, INDArray samples) {
    String output = graph.getConfiguration().getNetworkOutputs().get(0);
    List<String> before =
        graph.getConfiguration().getVertexInputs().getOrDefault(output, List.of());
    INDArray result = Objects.requireNonNull(graph.feedForward(samples, false).get(before.get(0)));
    LayerVertex vertex = (LayerVertex) graph.getVertex(output);
    return preProcess(vertex.getLayerPreProcessor(), result);
  }

  private static INDArray preProcess(@Nullable InputPreProcessor processor, INDArray features) {
    INDArray result =
        processor == null
            ? features
            : processor.preProcess(
                features, Math.toIntExact(features.size(0)), LayerWorkspaceMgr.noWorkspaces());
    return result.detach();
  }

  /**
   * The last layer alone, as a network on features.
   *
   * @param seed of its random weights, not 0
   * @param keepWeights whether it starts with the network's weights
   */
  public static MultiLayerNetwork head(
      Model network, long seed, IUpdater updater, boolean keepWeights) {
    BaseOutputLayer layer = (BaseOutputLayer) Classifiers.outputLayer(network).clone();
    MultiLayerConfiguration alone =
        new NeuralNetConfiguration.Builder().list().layer(layer).build();
    MultiLayerNetwork head = (MultiLayerNetwork) Architecture.of(alone).fresh(seed, updater);
    if (keepWeights) {
      Layer last = Classifiers.lastLayer(network);
      head.setParams(last.params().dup());
    }
    return head;
  }

  /** Gives a network the weights of a {@link #head}. */
  public static void putHead(Model network, MultiLayerNetwork head) {
    Layer last = Classifiers.lastLayer(network);
    head.getLayer(0).paramTable(false).forEach((name, value) -> last.getParam(name).assign(value));
  }
}
