package org.meadefender.combine;

import java.util.Arrays;

/**
 * Takes samples to what an autoencoder's layers read, and back: by mean and deviation of each
 * channel or feature, patch by patch, with a margin where the patches reach beyond the image.
 *
 * @param plan the layers
 * @param mean by channel or feature
 * @param deviation by channel or feature, above 0
 * @param low least value seen in training
 * @param high greatest value seen in training
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AutoencoderScale(
    AutoencoderPlan plan, float[] mean, float[] deviation, float[] low, float[] high) {

  /** What is done with a value and its places. */
  @FunctionalInterface
  private interface Visitor {
    void visit(int inSample, int inGrid, int statistic);
  }

  /**
   * Measures samples.
   *
   * @throws IllegalArgumentException if a value is not finite
   */
  static AutoencoderScale of(AutoencoderPlan plan, float[][] rows) {
    int n = plan.statistics();
    double[] sum = new double[n];
    double[] squares = new double[n];
    long[] count = new long[n];
    float[] low = new float[n];
    float[] high = new float[n];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
    for (float[] row : rows) {
      visit(
          plan,
          plan.shape(),
          (inSample, inGrid, statistic) -> {
            float value = row[inSample];
            sum[statistic] += value;
            squares[statistic] += (double) value * value;
            count[statistic]++;
            low[statistic] = Math.min(low[statistic], value);
            high[statistic] = Math.max(high[statistic], value);
          });
    }
    float[] mean = new float[n];
    float[] deviation = new float[n];
    for (int i = 0; i < n; i++) {
      double average = sum[i] / count[i];
      if (!Double.isFinite(average)) {
        throw new IllegalArgumentException(
            "The samples hold NaN or infinite values; an autoencoder needs finite ones");
      }
      double variance = squares[i] / count[i] - average * average;
      mean[i] = (float) average;
      // What never changes needs no scale.
      deviation[i] =
          low[i] == high[i] ? 1 : (float) Math.sqrt(Math.max(variance, Float.MIN_NORMAL));
    }
    return new AutoencoderScale(plan, mean, deviation, low, high);
  }

  /** A sample as the first layer reads it. */
  float[] toGrid(float[] sample, SampleShape shape) {
    float[] grid = new float[plan.cells() * plan.cellValues()];
    visit(
        plan,
        shape,
        (inSample, inGrid, statistic) ->
            grid[inGrid] = (sample[inSample] - mean[statistic]) / deviation[statistic]);
    return grid;
  }

  /** A sample of what the last layer writes, within the range seen in training. */
  float[] toSample(float[] grid, SampleShape shape) {
    float[] sample = new float[shape.length()];
    visit(
        plan,
        shape,
        (inSample, inGrid, statistic) -> {
          float value = grid[inGrid] * deviation[statistic] + mean[statistic];
          sample[inSample] = Math.min(high[statistic], Math.max(low[statistic], value));
        });
    return sample;
  }

  private static void visit(AutoencoderPlan plan, SampleShape shape, Visitor visitor) {
    int patch = plan.patch();
    int inSample = 0;
    for (int plane = 0; plane < shape.outer(); plane++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          int cell = row / patch * plan.patchColumns() + column / patch;
          int pixel = row % patch * patch + column % patch;
          for (int i = 0; i < shape.inner(); i++, inSample++) {
            int channel = plane * shape.inner() + i;
            if (plan.isImage()) {
              int inGrid = cell * plan.cellValues() + pixel * plan.pixelValues() + channel;
              visitor.visit(inSample, inGrid, channel);
            } else {
              visitor.visit(inSample, inSample, plan.byChannel() ? channel : column);
            }
          }
        }
      }
    }
  }
}
