package org.meadefender.attack.internal;

import java.lang.reflect.Field;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.layers.normalization.BatchNormalizationHelper;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation by the running statistics in both directions.
 *
 * <p>Deeplearning4j differentiates batch normalisation by the batch's own statistics only, which is
 * not the function that a deployed network computes.
 */
final class FrozenStatistics implements BatchNormalizationHelper {
  private @Nullable INDArray scale;
  private @Nullable INDArray center;

  /** Makes a layer use its running statistics from now on. */
  static void install(BatchNormalization layer) {
    try {
      Field helper = BatchNormalization.class.getDeclaredField("helper");
      helper.setAccessible(true);
      helper.set(layer, new FrozenStatistics());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "BatchNormalization has no helper; Deeplearning4j 1.0.0-M2.1 is required", e);
    }
  }

  @Override
  public INDArray preOutput(
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
      LayerWorkspaceMgr workspaces) {
    long[] broadcast =
        format == CNN2DFormat.NCHW ? new long[] {1, -1, 1, 1} : new long[] {1, 1, 1, -1};
    INDArray newScale =
        gamma
            .reshape(gamma.length())
            .div(Transforms.sqrt(var.reshape(var.length()).add(eps), false));
    scale = newScale.reshape(broadcast).detach();
    center = mean.detach();
    INDArray shift =
        beta.reshape(beta.length())
            .sub(mean.reshape(mean.length()).mul(newScale))
            .reshape(broadcast);
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, x.mul(scale).addi(shift));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray input,
      INDArray epsilon,
      long[] shape,
      INDArray gamma,
      INDArray beta,
      INDArray gammaGradient,
      INDArray betaGradient,
      double eps,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaces) {
    if (scale == null) {
      throw new IllegalStateException("A backward pass needs a forward pass before it");
    }
    // The gradients of gamma and beta are not asked for; they stay what they were.
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(BatchNormalizationParamInitializer.GAMMA, gammaGradient);
    gradient.setGradientFor(BatchNormalizationParamInitializer.BETA, betaGradient);
    return Pair.of(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon.mul(scale)));
  }

  @Override
  public INDArray getMeanCache(DataType type) {
    return cached(center, type);
  }

  @Override
  public INDArray getVarCache(DataType type) {
    return cached(center, type);
  }

  private static INDArray cached(@Nullable INDArray array, DataType type) {
    return array == null ? Nd4j.scalar(type, 0) : array.castTo(type);
  }

  @Override
  public boolean checkSupported(double eps, boolean fixedGammaBeta) {
    return true;
  }

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    return Map.of();
  }
}
