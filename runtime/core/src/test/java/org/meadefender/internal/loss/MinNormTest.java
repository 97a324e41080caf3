package org.meadefender.internal.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinNormTest {
  /** Gram matrix of k random gradients that have something in common, as losses do. */
  private static double[][] randomGram(int k, int dimensions, Random random) {
    double[][] gradients = new double[k][dimensions];
    for (double[] gradient : gradients) {
      double scale = Math.exp(2 * random.nextGaussian());
      for (int i = 0; i < dimensions; i++) {
        gradient[i] = scale * (random.nextGaussian() + 0.5);
      }
    }
    double[][] gram = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        for (int d = 0; d < dimensions; d++) {
          gram[i][j] += gradients[i][d] * gradients[j][d];
        }
      }
    }
    return gram;
  }

  /** The smallest norm on a fine grid of the simplex. */
  private static double bruteForce(
      double[][] gram, double[] weights, int next, int left, int grid) {
    if (next == weights.length - 1) {
      weights[next] = (double) left / grid;
      return MinNorm.norm(gram, weights);
    }
    double best = Double.POSITIVE_INFINITY;
    for (int part = 0; part <= left; part++) {
      weights[next] = (double) part / grid;
      best = Math.min(best, bruteForce(gram, weights, next + 1, left - part, grid));
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void isNoWorseThanAnyPointOfAFineGridAndHardlyBetter(int k) {
    Random random = new Random(k);
    int grid = k == 4 ? 60 : 400;
    for (int round = 0; round < 20; round++) {
      double[][] gram = randomGram(k, 6, random);
      double[] weights = MinNorm.weights(gram);
      double brute = bruteForce(gram, new double[k], 0, grid, grid);
      double norm = MinNorm.norm(gram, weights);
      assertThat(norm).isLessThanOrEqualTo(brute * (1 + 1e-9));
      double largest = Arrays.stream(gram).flatMapToDouble(Arrays::stream).max().getAsDouble();
      // A grid point is within 1/grid of the optimum in every weight.
      assertThat(brute - norm).isLessThan(largest * k * k / (double) grid / grid);
      assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(weights).min().getAsDouble()).isNotNegative();
    }
  }

  @Test
  void oneGradientTakesAll() {
    assertThat(MinNorm.weights(new double[][] {{3}})).containsExactly(1);
  }

  @Test
  void equalAndOppositeGradients() {
    double[] opposite = MinNorm.weights(new double[][] {{1, -1}, {-1, 1}});
    assertThat(opposite).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
    double[] equal = MinNorm.weights(new double[][] {{2, 2}, {2, 2}});
    assertThat(Arrays.stream(equal).sum()).isCloseTo(1, within(1e-12));
    assertThat(MinNorm.weights(new double[][] {{0, 0}, {0, 0}})).containsExactly(1, 0);
  }

  @Test
  void theTinyGradientTakesNearlyAllWithoutNormalisation() {
    double[][] gram = {{100, 0}, {0, 1}};
    assertThat(MinNorm.weights(gram)[1]).isCloseTo(100 / 101.0, within(1e-12));
  }
}
