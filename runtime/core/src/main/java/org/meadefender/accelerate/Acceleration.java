package org.meadefender.accelerate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.internal.NativeMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a network's convolutions and batch normalisations run on oneDNN, for training and
 * inference.
 *
 * <p>Deeplearning4j 1.0.0-M2.1 looks for oneDNN's switch in a class that has moved, so its helpers
 * stay off. Here they are plugged into the layers of one network; its configuration, parameters and
 * saved form do not change. A clone or a loaded copy starts on the stock path. A layer whose helper
 * fails goes back to the stock path by itself, and logs it. Pooling needs no help: its stock path
 * calls oneDNN already.
 *
 * <p>The first call also sets up the process, see {@link NativeMemory} and {@link Threads}; {@link
 * #disable} does not undo that.
 *
 * @since 0.1.0
 */
public final class Acceleration {
  private static final Logger log = LoggerFactory.getLogger(Acceleration.class);
  private static final Wishes WISHES = new Wishes();

  private Acceleration() {}

  /**
   * Switches the fast path on, where the platform's binary has it; else logs why not.
   *
   * @param network an initialised network; its 2D convolutions and batch normalisations in {@code
   *     FLOAT} and NCHW, without dilation or weight noise, are accelerated. Others stay, and are
   *     named in the log the first time
   * @return number of layers that run on oneDNN now
   * @throws IllegalArgumentException for another kind of model
   */
  public static int enable(Model network) {
    List<Layer> layers = layers(network);
    boolean isNew = !WISHES.set(network, true).orElse(false);
    if (!available()) {
      tell(
          isNew,
          "ND4J's binary for this platform has no oneDNN, or it is switched off: layers stay on the"
              + " stock path. See the README for the platforms that have it");
      unplug(layers);
      return 0;
    }
    Threads.limitToAvailable();
    NativeMemory.keepBlocks();
    Set<Layer> readers = readingData(network);
    Set<String> stock = new TreeSet<>();
    for (Layer layer : layers) {
      Optional<String> reason = Optional.empty();
      if (layer instanceof ConvolutionLayer convolution) {
        reason = Unsupported.reason(convolution);
        LayerFields.setHelper(
            convolution,
            reason.isPresent()
                ? null
                : new CachedConvolution(convolution, readers.contains(convolution)));
      } else if (layer instanceof BatchNormalization batchNorm) {
        reason = Unsupported.reason(batchNorm);
        LayerFields.setHelper(
            batchNorm,
            reason.isPresent() ? null : new DnnBatchNorm(batchNorm.layerConf().getLayerName()));
      }
      reason.ifPresent(stock::add);
    }
    int accelerated = accelerated(network);
    log.debug("{} layers run on oneDNN", accelerated);
    if (!stock.isEmpty()) {
      tell(
          isNew,
          "Only ConvolutionLayer NCHW FLOAT runs on oneDNN; on the stock path stay: " + stock);
    }
    return accelerated;
  }

  /**
   * Puts a network's layers back on the stock path. Trainings leave it there until {@link #enable}
   * is called for the network.
   */
  public static void disable(Model network) {
    List<Layer> layers = layers(network);
    WISHES.set(network, false);
    unplug(layers);
  }

  /**
   * Puts a network on the path that a training should take: the fast one, unless the training or
   * {@link #disable} says otherwise.
   *
   * @param wanted whether the training wants the fast path
   */
  public static void choose(Model network, boolean wanted) {
    if (wanted && WISHES.of(network).orElse(true)) {
      enable(network);
    } else {
      unplug(layers(network));
    }
  }

  /** Number of a network's layers that run on oneDNN, and have not failed there. */
  public static int accelerated(Model network) {
    return (int)
        layers(network).stream()
            .map(layer -> layer.getHelper())
            .filter(
                helper ->
                    (helper instanceof CachedConvolution convolution && !convolution.hasFailed())
                        || (helper instanceof DnnBatchNorm batchNorm && !batchNorm.hasFailed()))
            .count();
  }

  /** Drops what a training that was broken off left for its next backward pass. */
  public static void forget(Model network) {
    for (Layer layer : layers(network)) {
      if (layer instanceof ConvolutionLayer convolution) {
        LayerFields.setPreOutput(convolution, null);
      }
    }
  }

  private static void tell(boolean loud, String message) {
    if (loud) {
      log.info(message);
    } else {
      log.debug(message);
    }
  }

  private static void unplug(List<Layer> layers) {
    for (Layer layer : layers) {
      if (layer instanceof ConvolutionLayer convolution) {
        LayerFields.setHelper(convolution, null);
        LayerFields.setPreOutput(convolution, null);
      } else if (layer instanceof BatchNormalization batchNorm) {
        LayerFields.setHelper(batchNorm, null);
      }
    }
  }

  /** Whether the loaded ND4J binary contains oneDNN and may use it. */
  public static boolean available() {
    return OneDnn.available();
  }

  /**
   * Sets how many cores a network's operations use. Where other programs keep cores busy, fewer are
   * faster: threads that wait for one another spin.
   *
   * @param count at least 1; without this call, as many as the process may use
   * @throws IllegalArgumentException if the count is below 1
   */
  public static void threads(int count) {
    Threads.set(count);
  }

  private static List<Layer> layers(Model network) {
    if (network instanceof MultiLayerNetwork multiLayer) {
      return unwrap(multiLayer.getLayers());
    }
    if (network instanceof ComputationGraph graph) {
      return unwrap(graph.getLayers());
    }
    throw new IllegalArgumentException(
        "Cannot accelerate a "
            + network.getClass().getName()
            + "; pass a MultiLayerNetwork or a ComputationGraph");
  }

  /** The layers whose input is the network's: nothing before them learns. */
  private static Set<Layer> readingData(Model network) {
    if (network instanceof MultiLayerNetwork multiLayer) {
      return identitySet(List.of(multiLayer.getLayer(0)));
    }
    ComputationGraph graph = (ComputationGraph) network;
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    List<Layer> readers = new ArrayList<>();
    configuration
        .getVertexInputs()
        .forEach(
            (name, inputs) -> {
              Layer layer = graph.getLayer(name);
              if (layer != null && configuration.getNetworkInputs().containsAll(inputs)) {
                readers.add(layer);
              }
            });
    return identitySet(readers);
  }

  private static Set<Layer> identitySet(List<Layer> layers) {
    Set<Layer> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(layers);
    return set;
  }

  /** Frozen layers, for instance, are wrapped. */
  private static List<Layer> unwrap(Layer[] layers) {
    return Arrays.stream(layers)
        .map(
            layer -> {
              Layer inner = layer;
              while (inner instanceof BaseWrapperLayer wrapper) {
                inner = wrapper.getUnderlying();
              }
              return inner;
            })
        .toList();
  }
}
