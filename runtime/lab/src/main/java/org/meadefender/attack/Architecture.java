package org.meadefender.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A network configuration from which an attacker makes networks, fresh ones or copies. */
public final class Architecture {
  private final Object configuration;

  private Architecture(Object configuration) {
    this.configuration = configuration;
  }

  /** Classifiers of a layer-by-layer configuration, which is copied. */
  public static Architecture of(MultiLayerConfiguration configuration) {
    return new Architecture(configuration.clone());
  }

  /** Classifiers of a graph configuration, which is copied. */
  public static Architecture of(ComputationGraphConfiguration configuration) {
    return new Architecture(configuration.clone());
  }

  /** Classifiers like an existing one. */
  public static Architecture of(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? of(layers.getLayerWiseConfigurations())
        : of(Classifiers.graph(network).getConfiguration());
  }

  /**
   * A new network with random weights, a fresh optimiser and a cross-entropy loss, accelerated.
   *
   * @param seed of the weights, not 0
   * @param updater the optimiser of all layers, in place of the configuration's
   * @throws IllegalArgumentException if the seed is 0, or the last layer is no output layer
   */
  public Model fresh(long seed, IUpdater updater) {
    return fresh(
        seed,
        layer -> {
          if (layer instanceof BaseLayer base) {
            base.setIUpdater(updater.clone());
            base.setBiasUpdater(null);
          }
        });
  }

  /**
   * A copy of a network of this architecture with a fresh optimiser, accelerated.
   *
   * @param source where the weights come from; not changed
   * @param seed of dropout, not 0
   */
  public static Model copy(Model source, long seed, IUpdater updater) {
    Model copy = of(source).fresh(seed, updater);
    copy.setParams(source.params().dup());
    return copy;
  }

  /**
   * A new network with random weights and a cross-entropy loss, accelerated.
   *
   * @param seed of the weights, not 0
   * @param edit changes the configuration of each layer before the network is built
   * @throws IllegalArgumentException if the seed is 0, or the last layer is no output layer
   */
  public Model fresh(long seed, Consumer<Layer> edit) {
    if (seed == 0) {
      throw new IllegalArgumentException(
          "seed is 0, which Deeplearning4j does not reproduce; choose any other");
    }
    Model network;
    if (configuration instanceof MultiLayerConfiguration layers) {
      MultiLayerConfiguration copy = layers.clone();
      copy.setIterationCount(0);
      copy.setEpochCount(0);
      copy.getConfs().forEach(conf -> edit(conf, seed, edit));
      MultiLayerNetwork result = new MultiLayerNetwork(copy);
      result.init();
      network = result;
    } else {
      ComputationGraphConfiguration copy = ((ComputationGraphConfiguration) configuration).clone();
      copy.setIterationCount(0);
      copy.setEpochCount(0);
      copy.getDefaultConfiguration().setSeed(seed);
      layerConfigurations(copy).forEach(conf -> edit(conf, seed, edit));
      ComputationGraph result = new ComputationGraph(copy);
      result.init();
      network = result;
    }
    Classifiers.outputLayer(network).setLossFn(new LossMCXENT());
    Acceleration.enable(network);
    return network;
  }

  private static List<NeuralNetConfiguration> layerConfigurations(
      ComputationGraphConfiguration graph) {
    List<NeuralNetConfiguration> result = new ArrayList<>();
    graph
        .getVertices()
        .values()
        .forEach(
            vertex -> {
              if (vertex instanceof LayerVertex layer) {
                result.add(layer.getLayerConf());
              }
            });
    return result;
  }

  private static void edit(NeuralNetConfiguration conf, long seed, Consumer<Layer> edit) {
    conf.setSeed(seed);
    if (conf.getLayer() instanceof FrozenLayer frozen) {
      conf.setLayer(frozen.getLayer()); // what the owner froze does not bind an attacker
    }
    Layer layer = conf.getLayer();
    edit.accept(layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer);
  }
}
