package org.meadefender.attack.detection;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A pattern that is laid over images through a mask, {@code x' = (1 − m)·x + m·p}; both are kept
 * inside their range by {@code (tanh + 1)/2} of free variables.
 */
final class Trigger {
  private static final double START = 0.05;

  /** A free variable whose squashed value is 0. */
  private static final double OFF = -100;

  final int channels;
  final int height;
  final int width;
  private final double[] maskFree;
  private final double[] patternFree;

  Trigger(int channels, int height, int width, Random random) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    int cells = height * width;
    maskFree = random.doubles(cells, -2, 0).toArray();
    patternFree = random.doubles((long) channels * cells, -START, START).toArray();
  }

  double[] maskFree() {
    return maskFree;
  }

  double[] patternFree() {
    return patternFree;
  }

  /** The mask, one value from 0 to 1 per cell. */
  double[] mask() {
    return squashed(maskFree);
  }

  /** The pattern, {@code [C, H, W]}, values from 0 to 1. */
  double[] pattern() {
    return squashed(patternFree);
  }

  double norm() {
    double sum = 0;
    for (double m : mask()) {
      sum += m;
    }
    return sum;
  }

  /** Switches off all cells of the mask but the strongest. */
  void keepLargest(int cells) {
    if (cells >= maskFree.length) {
      return;
    }
    double[] sorted = maskFree.clone();
    Arrays.sort(sorted);
    double threshold = sorted[sorted.length - cells];
    for (int i = 0; i < maskFree.length; i++) {
      maskFree[i] = maskFree[i] < threshold ? OFF : maskFree[i];
    }
  }

  /** Images with the trigger, a new array. */
  INDArray on(INDArray images) {
    INDArray m = array(mask(), 1, 1, height, width);
    INDArray p = array(pattern(), 1, channels, height, width);
    return images.mul(m.rsub(1)).addi(p.mul(m));
  }

  /**
   * Gradients of the free variables.
   *
   * @param images clean images, {@code [n, C, H, W]}
   * @param gradient of the loss with respect to the triggered images, of their shape
   * @param maskCost added per unit of the mask's L1 norm
   * @return gradient of the mask's and of the pattern's free variables
   */
  double[][] gradients(INDArray images, INDArray gradient, double maskCost) {
    INDArray p = array(pattern(), 1, channels, height, width);
    INDArray m = array(mask(), 1, 1, height, width);
    INDArray ofMask = images.rsub(0).addi(p).muli(gradient).sum(0, 1);
    INDArray ofPattern = gradient.mul(m).sum(0);
    double[] maskGradient = ofMask.dup('c').data().asDouble();
    double[] patternGradient = ofPattern.dup('c').data().asDouble();
    double[] mask = mask();
    double[] pattern = pattern();
    for (int i = 0; i < mask.length; i++) {
      maskGradient[i] = (maskGradient[i] + maskCost) * slope(mask[i]);
    }
    for (int i = 0; i < pattern.length; i++) {
      patternGradient[i] *= slope(pattern[i]);
    }
    return new double[][] {maskGradient, patternGradient};
  }

  /** Derivative of (tanh(v) + 1)/2 in terms of its value. */
  private static double slope(double value) {
    return 2 * value * (1 - value);
  }

  private static double[] squashed(double[] free) {
    double[] result = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      result[i] = (Math.tanh(free[i]) + 1) / 2;
    }
    return result;
  }

  private static INDArray array(double[] values, long... shape) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return Nd4j.createFromArray(floats).reshape(shape);
  }
}
