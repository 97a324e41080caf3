package org.meadefender.accelerate;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a network's convolution and pooling layers run on oneDNN, for training and inference.
 *
 * <p>Deeplearning4j 1.0.0-M2.1 looks for oneDNN's switch in a class that has moved, so its helpers
 * stay off. Here they are plugged into the layers of one network; its configuration, parameters and
 * saved form do not change. A layer whose helper fails goes back to the stock path by itself, and
 * logs it.
 */
public final class Acceleration {
  private static final Logger log = LoggerFactory.getLogger(Acceleration.class);

  private Acceleration() {}

  /**
   * Switches the fast path on, where the platform's binary has it; else logs why not.
   *
   * @param network an initialised network; {@code float} layers are accelerated, others stay
   * @return number of layers that run on oneDNN now
   */
  public static int enable(Model network) {
    if (!available()) {
      log.info(
          "ND4J's binary for this platform has no oneDNN: layers stay on the stock path. See the"
              + " README for the platforms that have it.");
      return 0;
    }
    int accelerated = 0;
    for (Layer layer : layers(network)) {
      if (enable(layer)) {
        accelerated++;
      }
    }
    log.debug("{} layers run on oneDNN", accelerated);
    return accelerated;
  }

  /** Puts a network's layers back on the stock path. */
  public static void disable(Model network) {
    for (Layer layer : layers(network)) {
      if (layer instanceof ConvolutionLayer convolution) {
        LayerFields.setHelper(convolution, null);
        LayerFields.setPreOutput(convolution, null);
      } else if (layer instanceof SubsamplingLayer pooling) {
        LayerFields.setHelper(pooling, null);
      }
    }
  }

  /** Whether the loaded ND4J binary contains oneDNN. */
  public static boolean available() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo() != null;
  }

  private static boolean enable(Layer layer) {
    // Subclasses (1D, separable, transposed convolution, …) call helpers with other shapes.
    if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      LayerFields.setHelper(convolution, new CachedConvolution(convolution, DataType.FLOAT));
      return true;
    }
    if (layer.getClass() == SubsamplingLayer.class && poolsAlike(layer)) {
      LayerFields.setHelper((SubsamplingLayer) layer, new DnnPooling(DataType.FLOAT));
      return true;
    }
    return false;
  }

  /** Whether the helper computes what the stock path computes. */
  private static boolean poolsAlike(Layer layer) {
    var conf = (org.deeplearning4j.nn.conf.layers.SubsamplingLayer) layer.conf().getLayer();
    PoolingType type = conf.getPoolingType();
    return type == PoolingType.MAX
        || (type == PoolingType.AVG && !conf.isAvgPoolIncludePadInDivisor());
  }

  private static List<Layer> layers(Model network) {
    if (network instanceof MultiLayerNetwork multiLayer) {
      return Arrays.asList(multiLayer.getLayers());
    }
    if (network instanceof ComputationGraph graph) {
      return Arrays.asList(graph.getLayers());
    }
    throw new IllegalArgumentException(
        "Cannot accelerate a "
            + network.getClass().getName()
            + "; pass a MultiLayerNetwork or a ComputationGraph");
  }
}
