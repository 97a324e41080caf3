package org.meadefender.attack.detection;

/** Adam on one array (Kingma and Ba, 2015), for optimising inputs instead of weights. */
final class AdamStep {
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double beta1;
  private final double beta2;
  private final double[] mean;
  private final double[] square;
  private int steps;

  AdamStep(double rate, double beta1, double beta2, int length) {
    this.rate = rate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    mean = new double[length];
    square = new double[length];
  }

  /** Moves values against their gradient. */
  void apply(double[] values, double[] gradient) {
    steps++;
    double correction1 = 1 - Math.pow(beta1, steps);
    double correction2 = 1 - Math.pow(beta2, steps);
    for (int i = 0; i < values.length; i++) {
      mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
      square[i] = beta2 * square[i] + (1 - beta2) * gradient[i] * gradient[i];
      values[i] -= rate * (mean[i] / correction1) / (Math.sqrt(square[i] / correction2) + EPSILON);
    }
  }
}
