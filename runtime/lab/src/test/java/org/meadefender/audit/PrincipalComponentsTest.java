package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PrincipalComponentsTest {
  private static final int POINTS = 300;

  @Test
  void findsTheTwoDirectionsThatDifferMost() {
    Random random = new Random(1);
    double[][] along = new double[POINTS][2];
    double[][] points = new double[POINTS][5];
    for (int i = 0; i < POINTS; i++) {
      along[i][0] = 10 * random.nextGaussian();
      along[i][1] = 3 * random.nextGaussian();
      for (int d = 0; d < 5; d++) {
        points[i][d] = 7 + 0.01 * random.nextGaussian();
      }
      // Two directions at right angles, neither along an axis.
      points[i][1] += 0.6 * along[i][0] + 0.8 * along[i][1];
      points[i][3] += 0.8 * along[i][0] - 0.6 * along[i][1];
    }
    INDArray given = Nd4j.createFromArray(points);
    INDArray before = given.dup();

    double[][] plane = PrincipalComponents.firstTwo(given);

    assertThat(given).isEqualTo(before);
    for (int component = 0; component < 2; component++) {
      assertThat(Math.abs(correlation(plane, along, component)))
          .as("component %d", component)
          .isCloseTo(1, within(0.01));
    }
    assertThat(deviation(plane, 0)).isCloseTo(deviation(along, 0), within(0.1));
    assertThat(deviation(plane, 1)).isCloseTo(deviation(along, 1), within(0.1));
  }

  private static double correlation(double[][] a, double[][] b, int column) {
    double product = 0;
    for (int i = 0; i < POINTS; i++) {
      product += (a[i][column] - mean(a, column)) * (b[i][column] - mean(b, column));
    }
    return product / POINTS / deviation(a, column) / deviation(b, column);
  }

  private static double mean(double[][] values, int column) {
    double sum = 0;
    for (double[] row : values) {
      sum += row[column];
    }
    return sum / POINTS;
  }

  private static double deviation(double[][] values, int column) {
    double sum = 0;
    for (double[] row : values) {
      sum += Math.pow(row[column] - mean(values, column), 2);
    }
    return Math.sqrt(sum / POINTS);
  }
}
