package org.meadefender.accelerate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
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
 */
public final class Acceleration {
  private static final Logger log = LoggerFactory.getLogger(Acceleration.class);

  private Acceleration() {}

  /**
   * Switches the fast path on, where the platform's binary has it; else logs why not.
   *
   * @param network an initialised network; its 2D convolutions and batch normalisations in {@code
   *     FLOAT} and NCHW are accelerated, others stay and are named in the log
   * @return number of layers that run on oneDNN now
   * @throws IllegalArgumentException for another kind of model
   */
  public static int enable(Model network) {
    List<Layer> layers = layers(network);
    if (!available()) {
      log.info(
          "ND4J's binary for this platform has no oneDNN, or it is switched off: layers stay on the"
              + " stock path. See the README for the platforms that have it");
      return 0;
    }
    Threads.limitToAvailable();
    NativeMemory.keepBlocks();
    Set<Layer> readers = readingData(network);
    int accelerated = 0;
    Set<String> stock = new TreeSet<>();
    for (Layer layer : layers) {
      if (layer instanceof ConvolutionLayer convolution) {
        if (isSupported(convolution)) {
          LayerFields.setHelper(
              convolution, new CachedConvolution(convolution, readers.contains(convolution)));
          accelerated++;
        } else {
          stock.add(describe(convolution, format(convolution)));
        }
      } else if (layer instanceof BatchNormalization batchNorm) {
        if (isSupported(batchNorm)) {
          LayerFields.setHelper(batchNorm, new DnnBatchNorm());
          accelerated++;
        } else {
          stock.add(describe(batchNorm, batchNorm.layerConf().getCnn2DFormat()));
        }
      }
    }
    log.debug("{} layers run on oneDNN", accelerated);
    if (!stock.isEmpty()) {
      log.info(
          "Only ConvolutionLayer NCHW FLOAT runs on oneDNN; on the stock path stay: {}", stock);
    }
    return accelerated;
  }

  /** Puts a network's layers back on the stock path. */
  public static void disable(Model network) {
    for (Layer layer : layers(network)) {
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

  /**
   * Subclasses (1D, separable, transposed convolution, …) call helpers with other shapes. With
   * NHWC, Deeplearning4j hands permuted arrays to ND4J's derivative of ReLU, which then is wrong.
   */
  private static boolean isSupported(ConvolutionLayer layer) {
    return layer.getClass() == ConvolutionLayer.class
        && format(layer) == CNN2DFormat.NCHW
        && layer.params().dataType() == DataType.FLOAT;
  }

  /** Fixed scale and shift have no place in oneDNN's call. */
  private static boolean isSupported(BatchNormalization layer) {
    return !layer.layerConf().isLockGammaBeta()
        && layer.layerConf().getCnn2DFormat() == CNN2DFormat.NCHW
        && layer.params().dataType() == DataType.FLOAT;
  }

  private static String describe(Layer layer, CNN2DFormat format) {
    return layer.getClass().getSimpleName() + " " + format + " " + layer.params().dataType();
  }

  private static CNN2DFormat format(ConvolutionLayer layer) {
    return layer.layerConf().getCnn2dDataFormat();
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
