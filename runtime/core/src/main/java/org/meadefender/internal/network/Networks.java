package org.meadefender.internal.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.batch.ReadAheadIterator;
import org.meadefender.internal.batch.WatermarkedData;
import org.meadefender.internal.batch.WatermarkedDataSetIterator;
import org.meadefender.internal.batch.WatermarkedMultiDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** What Deeplearning4j's two kinds of network have in common but share no interface for. */
public final class Networks {
  private Networks() {}

  static <T extends @Nullable Object> T choose(
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

  public static long seed(Model network) {
    return choose(
        network,
        layers -> layers.getDefaultConfiguration().getSeed(),
        graph -> graph.getConfiguration().getDefaultConfiguration().getSeed());
  }

  /** Initialises a network that is not yet; parameters that it has stay. */
  public static void init(Model network) {
    if (network instanceof MultiLayerNetwork layers && layers.isInitCalled()) {
      return;
    }
    // A graph's init does nothing the second time.
    network.init();
  }

  public static Collection<TrainingListener> listeners(Model network) {
    return choose(network, MultiLayerNetwork::getListeners, ComputationGraph::getListeners);
  }

  /** One pass over the data. */
  public static void fit(Model network, WatermarkedData<?> data) {
    NeuralNetwork trained = (NeuralNetwork) network;
    if (data instanceof WatermarkedDataSetIterator single) {
      trained.fit(single);
    } else if (data instanceof WatermarkedMultiDataSetIterator several) {
      trained.fit(several);
    }
  }

  /** One pass over the data, batch by batch. */
  public static void fit(
      Model network, WatermarkedData<?> data, Consumer<MultiDataSet> beforeBatch) {
    NeuralNetwork trained = (NeuralNetwork) network;
    listeners(network).forEach(listener -> listener.onEpochStart(network));
    Iterator<MultiDataSet> batches = data.batches();
    while (batches.hasNext()) {
      MultiDataSet batch = batches.next();
      beforeBatch.accept(batch);
      trained.fit(batch);
    }
    listeners(network).forEach(listener -> listener.onEpochEnd(network));
    setCounts(network, iterationCount(network), epochCount(network) + 1);
  }

  /** The loss's gradient with respect to all parameters, summed over a batch's rows, as a copy. */
  public static INDArray gradient(Model network, MultiDataSet batch) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.setInput(batch.getFeatures(0));
      layers.setLabels(batch.getLabels(0));
      layers.setLayerMaskArrays(batch.getFeaturesMaskArray(0), batch.getLabelsMaskArray(0));
      layers.computeGradientAndScore();
      layers.clearLayerMaskArrays();
    } else if (network instanceof ComputationGraph graph) {
      graph.setInputs(batch.getFeatures());
      graph.setLabels(batch.getLabels());
      graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
      graph.computeGradientAndScore();
      graph.clearLayerMaskArrays();
    }
    return network.getGradientsViewArray().dup();
  }

  /** Takes the masks of the last batch from all layers. */
  public static void clearMasks(Model network) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.clearLayerMaskArrays();
    } else if (network instanceof ComputationGraph graph) {
      graph.clearLayerMaskArrays();
    }
  }

  /** Names of the outputs: of layers, where they are layers. */
  public static List<String> outputs(Model network) {
    return choose(
        network,
        layers ->
            List.of(Integer.toString(layers.getLayerWiseConfigurations().getConfs().size() - 1)),
        graph -> graph.getConfiguration().getNetworkOutputs());
  }

  /**
   * The configuration of a layer; empty if a graph has no layer of that name.
   *
   * @param name number of the layer, where layers have no names
   */
  public static Optional<org.deeplearning4j.nn.conf.layers.Layer> layer(
      Model network, String name) {
    return choose(
        network,
        layers ->
            Optional.of(
                layers.getLayerWiseConfigurations().getConf(Integer.parseInt(name)).getLayer()),
        graph ->
            graph.getConfiguration().getVertices().get(name) instanceof LayerVertex vertex
                ? Optional.of(vertex.getLayerConf().getLayer())
                : Optional.empty());
  }

  /**
   * The configurations of the layers that read an input, through whatever merges and reshapes it.
   *
   * @param input place among the network's inputs
   */
  public static List<org.deeplearning4j.nn.conf.layers.Layer> layersAt(Model network, int input) {
    return choose(
        network,
        layers -> List.of(layers.getLayerWiseConfigurations().getConf(0).getLayer()),
        graph -> layersAt(graph.getConfiguration(), input));
  }

  private static List<org.deeplearning4j.nn.conf.layers.Layer> layersAt(
      ComputationGraphConfiguration graph, int input) {
    List<org.deeplearning4j.nn.conf.layers.Layer> layers = new ArrayList<>();
    Deque<String> reached = new ArrayDeque<>(List.of(graph.getNetworkInputs().get(input)));
    while (!reached.isEmpty()) {
      String from = reached.remove();
      graph
          .getVertexInputs()
          .forEach(
              (name, inputs) -> {
                if (inputs.contains(from)) {
                  if (graph.getVertices().get(name) instanceof LayerVertex vertex) {
                    layers.add(vertex.getLayerConf().getLayer());
                  } else {
                    reached.add(name);
                  }
                }
              });
    }
    return layers;
  }

  /**
   * The place of an input among those of a network.
   *
   * @throws IllegalArgumentException if the network has no input of that name
   */
  public static int inputNamed(Model network, String name) {
    List<String> names =
        choose(network, layers -> List.of(), graph -> graph.getConfiguration().getNetworkInputs());
    int place = names.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException(
          "The network has no input "
              + name
              + "; "
              + (names.isEmpty()
                  ? "its only input has no name, leave it out"
                  : "name one of " + names));
    }
    return place;
  }

  /** A copy that trains on as the network would, with its loss but without its listeners. */
  public static Model copy(Model network) {
    return choose(network, MultiLayerNetwork::clone, ComputationGraph::clone);
  }

  /** A network of the same configuration with the weights that it began with. */
  public static Model fresh(Model network) {
    Model fresh =
        choose(
            network,
            layers -> new MultiLayerNetwork(layers.getLayerWiseConfigurations().clone()),
            graph -> new ComputationGraph(graph.getConfiguration().clone()));
    setCounts(fresh, 0, 0);
    fresh.init();
    return fresh;
  }

  /** Number of inputs. */
  public static int inputs(Model network) {
    return choose(network, layers -> 1, ComputationGraph::getNumInputArrays);
  }

  /** The last layer's input {@code [n, d]}; zeros {@code [n, 1]} if it has no weights. */
  public static INDArray lastLayerInput(Model network) {
    Layer last = choose(network, MultiLayerNetwork::getOutputLayer, g -> g.getOutputLayer(0));
    return last instanceof LossLayer ? Nd4j.zeros(last.input().size(0), 1) : last.input();
  }

  public static int iterationCount(Model network) {
    return choose(
        network, MultiLayerNetwork::getIterationCount, ComputationGraph::getIterationCount);
  }

  public static int epochCount(Model network) {
    return choose(network, MultiLayerNetwork::getEpochCount, ComputationGraph::getEpochCount);
  }

  public static void setCounts(Model network, int iterations, int epochs) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.setIterationCount(iterations);
      layers.setEpochCount(epochs);
    } else if (network instanceof ComputationGraph graph) {
      graph.getConfiguration().setIterationCount(iterations);
      graph.getConfiguration().setEpochCount(epochs);
    }
  }

  /** The updater's state; empty where it keeps none, as plain gradient descent. */
  public static Optional<INDArray> updaterState(Model network) {
    return Optional.ofNullable(
        choose(
            network,
            layers -> layers.getUpdater().getStateViewArray(),
            graph -> graph.getUpdater().getStateViewArray()));
  }

  public static void setUpdaterState(Model network, INDArray state) {
    updaterState(network).ifPresent(view -> view.assign(state));
  }

  /** The configuration without what training changes in it. */
  public static String configuration(Model network) {
    String json =
        choose(
            network,
            layers -> layers.getLayerWiseConfigurations().toJson(),
            graph -> graph.getConfiguration().toJson());
    return json.replaceAll("\"(iteration|epoch)Count\" : \\d+", "");
  }

  /** Class probabilities of a batch's samples, with its masks, outside any workspace. */
  public static INDArray answers(Model network, DataSet batch) {
    INDArray features = batch.getFeatures();
    INDArray mask = batch.getFeaturesMaskArray();
    INDArray labelMask = batch.getLabelsMaskArray();
    return choose(
        network,
        layers -> layers.output(features, false, mask, labelMask),
        graph -> graph.output(false, new INDArray[] {features}, masks(mask), masks(labelMask))[0]);
  }

  private static INDArray @Nullable [] masks(@Nullable INDArray mask) {
    return mask == null ? null : new INDArray[] {mask};
  }

  /** Share of samples classified correctly. */
  public static double accuracy(Model network, DataSetIterator test) {
    try (ReadAheadIterator data = new ReadAheadIterator(test)) {
      return choose(
          network,
          layers -> layers.<org.nd4j.evaluation.classification.Evaluation>evaluate(data).accuracy(),
          graph -> graph.<org.nd4j.evaluation.classification.Evaluation>evaluate(data).accuracy());
    }
  }
}
