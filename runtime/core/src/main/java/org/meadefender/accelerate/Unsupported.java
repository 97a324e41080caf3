package org.meadefender.accelerate;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.api.buffer.DataType;

/** Tells which layers have to stay on the stock path, and why. */
final class Unsupported {
  private Unsupported() {}

  /**
   * What keeps a convolution from oneDNN, empty for nothing.
   *
   * <p>Subclasses (1D, separable, transposed convolution, …) call helpers with other shapes. With
   * NHWC, Deeplearning4j hands permuted arrays to ND4J's derivative of ReLU, which then is wrong.
   * Weights with noise are dropped only on the stock path: with a helper the second batch would
   * meet those of the first. oneDNN has no dilated convolution that takes ND4J's arguments.
   */
  static Optional<String> reason(ConvolutionLayer layer) {
    var conf = layer.layerConf();
    CNN2DFormat format = conf.getCnn2dDataFormat();
    String name = describe(layer, format);
    if (layer.getClass() != ConvolutionLayer.class || isForeign(layer, format)) {
      return Optional.of(name);
    }
    if (conf.getWeightNoise() != null) {
      return Optional.of(name + " with " + conf.getWeightNoise().getClass().getSimpleName());
    }
    return Arrays.stream(conf.getDilation()).allMatch(each -> each == 1)
        ? Optional.empty()
        : Optional.of(name + " with dilation");
  }

  /**
   * What keeps a batch normalisation from oneDNN, empty for nothing. Fixed scale and shift have no
   * place in oneDNN's call.
   */
  static Optional<String> reason(BatchNormalization layer) {
    CNN2DFormat format = layer.layerConf().getCnn2DFormat();
    return layer.layerConf().isLockGammaBeta() || isForeign(layer, format)
        ? Optional.of(describe(layer, format))
        : Optional.empty();
  }

  private static boolean isForeign(Layer layer, CNN2DFormat format) {
    return format != CNN2DFormat.NCHW || layer.params().dataType() != DataType.FLOAT;
  }

  private static String describe(Layer layer, CNN2DFormat format) {
    return layer.getClass().getSimpleName() + " " + format + " " + layer.params().dataType();
  }
}
