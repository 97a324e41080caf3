package org.meadefender.attack.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.SmallTask;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LocalOutlierFactorTest {
  private static final int K = 20;

  /** {@code lof.py} beside the table makes it. */
  @Test
  void agreesWithScikitLearn() throws IOException {
    List<String[]> table = table();
    double[][] reference =
        table.stream()
            .filter(row -> row[0].equals("reference"))
            .map(LocalOutlierFactorTest::point)
            .toArray(double[][]::new);
    LocalOutlierFactor automatic = new LocalOutlierFactor(reference, K, 0);
    LocalOutlierFactor tenth = new LocalOutlierFactor(reference, K, 0.1);
    List<String[]> points = table.stream().filter(row -> row[0].equals("new")).toList();
    assertThat(reference).hasNumberOfRows(100);
    assertThat(points).hasSize(30);
    for (String[] row : points) {
      double factor = Double.parseDouble(row[4]);
      assertThat(automatic.factor(point(row))).isCloseTo(factor, within(1e-9 * factor));
      assertThat(automatic.isOutlier(point(row))).isEqualTo(Boolean.parseBoolean(row[5]));
      assertThat(tenth.isOutlier(point(row))).isEqualTo(Boolean.parseBoolean(row[6]));
    }
  }

  @Test
  void flagsPlantedOutliers() {
    Random random = new Random(4);
    double[][] crowd = gaussian(random, 300, 0);
    LocalOutlierFactor factor = new LocalOutlierFactor(crowd, K, 0);
    assertThat(factor.outlierRate(gaussian(random, 200, 0))).isLessThan(0.1);
    assertThat(factor.outlierRate(gaussian(random, 200, 8))).isGreaterThan(0.99);
  }

  /** Noise instead of a shape looks different inside the network, a clean test sample does not. */
  @Test
  void rejectsWhatIsNotOfTheTask() {
    LofDetection filter =
        LofDetection.learn(SmallTask.victim(), SmallTask.victimsData().take(1_000));
    LabelledSamples test = SmallTask.testData().take(300);
    INDArray clean = test.features(0, test.size());
    INDArray noise = Nd4j.createFromArray(new float[300 * 28 * 28]).reshape(300, 1, 28, 28);
    Random random = new Random(5);
    for (long i = 0; i < noise.length(); i++) {
      noise.putScalar(i, random.nextInt(2) * 3.0);
    }
    assertThat(filter.rejectionRate(clean)).isLessThan(0.15);
    assertThat(filter.rejectionRate(noise)).isGreaterThan(0.9);
  }

  @Test
  void rejectsNonsense() {
    double[][] few = gaussian(new Random(1), K, 0);
    assertThatThrownBy(() -> new LocalOutlierFactor(few, K, 0))
        .hasMessageContaining("k is 20 with 20 reference points");
    assertThatThrownBy(() -> new LocalOutlierFactor(few, 3, 0.6))
        .hasMessageContaining("contamination is 0.6");
  }

  private static double[][] gaussian(Random random, int n, double shift) {
    double[][] result = new double[n][5];
    for (double[] row : result) {
      Arrays.setAll(row, i -> random.nextGaussian() + shift);
    }
    return result;
  }

  private static double[] point(String[] row) {
    return new double[] {
      Double.parseDouble(row[1]), Double.parseDouble(row[2]), Double.parseDouble(row[3])
    };
  }

  private static List<String[]> table() throws IOException {
    InputStream file =
        Objects.requireNonNull(LocalOutlierFactorTest.class.getResourceAsStream("lof.csv"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("\"#") && !line.startsWith("#"))
          .map(line -> line.split(",", -1))
          .toList();
    }
  }
}
