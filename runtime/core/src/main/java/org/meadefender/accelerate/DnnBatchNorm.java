package org.meadefender.accelerate;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of feature maps by oneDNN; the stock path needs about twenty passes over the
 * data. Rows of a dense layer stay on the stock path.
 */
final class DnnBatchNorm extends MKLDNNBatchNormHelper {
  private final Fallback fallback;

  /**
   * A helper for one layer.
   *
   * @param layer what the log calls it
   */
  DnnBatchNorm(String layer) {
    super(DataType.FLOAT);
    this.fallback = new Fallback("BatchNormalization " + layer);
  }

  /** Whether oneDNN has failed in this layer. */
  boolean hasFailed() {
    return fallback.hasFailed();
  }

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public boolean checkSupported(double eps, boolean fixedGammaBeta) {
    return !fixedGammaBeta;
  }

  @Override
  public @Nullable INDArray preOutput(
      INDArray x,
      boolean training,
      long[] shape,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray var,
      double decay,
      double eps,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaceMgr) {
    return isFeatureMap(x)
        ? fallback.orStock(
            () ->
                super.preOutput(
                    x, training, shape, gamma, beta, mean, var, decay, eps, format, workspaceMgr))
        : null;
  }

  @Override
  public @Nullable Pair<Gradient, INDArray> backpropGradient(
      INDArray input,
      INDArray epsilon,
      long[] shape,
      INDArray gamma,
      INDArray beta,
      INDArray dGammaView,
      INDArray dBetaView,
      double eps,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaceMgr) {
    return isFeatureMap(input)
        ? fallback.orStock(
            () ->
                super.backpropGradient(
                    input,
                    epsilon,
                    shape,
                    gamma,
                    beta,
                    dGammaView,
                    dBetaView,
                    eps,
                    format,
                    workspaceMgr))
        : null;
  }

  /** The layer hands over the rows of a dense layer as maps of one pixel. */
  private static boolean isFeatureMap(INDArray values) {
    return values.rank() == 4 && values.size(2) * values.size(3) > 1;
  }
}
