package org.meadefender.internal.loss;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What a loss is given of the last layer, {@code [n, classes]}: logits, where the loss's own
 * activation is the softmax; or probabilities p, where the layer before has made them. Gradients
 * with respect to p are those with respect to the logits ({@code ln p}) over p, up to a share that
 * the softmax's derivative takes out.
 */
final class HeadOutput {
  /** Logarithm and inverse of what is below are no numbers in single precision. */
  private static final double LEAST_PROBABILITY = 1e-30;

  private final INDArray values;
  private final boolean isProbability;

  private HeadOutput(INDArray values, boolean isProbability) {
    this.values = values;
    this.isProbability = isProbability;
  }

  static HeadOutput of(INDArray preOutput, IActivation activation) {
    return activation instanceof ActivationIdentity
        ? new HeadOutput(Transforms.max(preOutput, LEAST_PROBABILITY, true), true)
        : new HeadOutput(preOutput, false);
  }

  /** What the user's loss takes. */
  INDArray values() {
    return values;
  }

  /**
   * Values whose softmax are the probabilities, {@code [n · classes]}.
   *
   * @param output the flat output; not changed
   */
  double[] flatLogits(double[] output) {
    return isProbability ? FlatArrays.doubles(Transforms.log(values, true)) : output.clone();
  }

  /** The user's loss's gradient, with respect to the logits. */
  INDArray toLogits(INDArray gradient) {
    if (!isProbability) {
      return gradient;
    }
    INDArray scaled = gradient.mul(values);
    return scaled.sub(values.mulColumnVector(scaled.sum(true, 1)));
  }

  /** A gradient with respect to the logits, with respect to the values. */
  double[] fromLogits(double[] gradient) {
    if (!isProbability) {
      return gradient;
    }
    double[] result = gradient.clone();
    double[] probabilities = FlatArrays.doubles(values);
    for (int i = 0; i < result.length; i++) {
      result[i] /= probabilities[i];
    }
    return result;
  }
}
