package org.meadefender.internal.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.meadefender.combine.SampleShape;
import org.meadefender.internal.batch.BatchSamples;
import org.meadefender.internal.batch.SampleValues;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How samples reach a reference network: images as {@code [n, C, H, W]}, sequences {@code [n, F,
 * T]} as images of one column, {@code [n, F, T, 1]}, everything else as {@code [n, F]}; each
 * channel, or each feature, with mean 0 and deviation 1 over the panel's own samples.
 *
 * @param channels channels of an image, features of a sequence
 * @param height rows, or time steps
 * @param width columns
 * @param channelsLast whether batches come as {@code [n, H, W, C]}
 * @param mean of each channel; of each feature where there are no neighbours
 * @param deviation of each channel, or feature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReferenceInput(
    int channels, int height, int width, boolean channelsLast, float[] mean, float[] deviation) {
  private static final float LEAST_DEVIATION = 1e-6f;

  /** Fewer cells have no neighbourhood to speak of. */
  private static final int FEW_CELLS = 4;

  static ReferenceInput of(TaskSamples samples) {
    long[] shape = samples.batchShape();
    ReferenceInput bare =
        switch (shape.length) {
          case 3 -> bare((int) shape[1], (int) shape[2], 1, false);
          case 4 ->
              SampleShape.of(shape).inner() > 1
                  ? bare((int) shape[3], (int) shape[1], (int) shape[2], true)
                  : bare((int) shape[1], (int) shape[2], (int) shape[3], false);
          default -> bare(samples.samples().get(0).length, 1, 1, false);
        };
    return bare.standardisedOn(samples);
  }

  private static ReferenceInput bare(int channels, int height, int width, boolean channelsLast) {
    return new ReferenceInput(
        channels, height, width, channelsLast, new float[channels], new float[channels]);
  }

  private ReferenceInput standardisedOn(TaskSamples samples) {
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    int cells = height * width;
    for (float[] sample : samples.samples()) {
      for (int i = 0; i < sample.length; i++) {
        int channel = channelsLast ? i % channels : i / cells;
        sum[channel] += sample[i];
        squares[channel] += (double) sample[i] * sample[i];
      }
    }
    double n = (double) samples.size() * cells;
    float[] means = new float[channels];
    float[] deviations = new float[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = (float) (sum[c] / n);
      deviations[c] =
          (float)
              Math.max(
                  LEAST_DEVIATION, Math.sqrt(Math.max(0, squares[c] / n - means[c] * means[c])));
    }
    return new ReferenceInput(channels, height, width, channelsLast, means, deviations);
  }

  boolean hasNeighbours() {
    return height >= FEW_CELLS || width >= FEW_CELLS;
  }

  int length() {
    return channels * height * width;
  }

  /** Samples as networks take them. */
  TaskSamples applyTo(TaskSamples samples) {
    INDArray all = apply(samples.features());
    float[] values = all.data().asFloat();
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < samples.size(); row++) {
      rows.add(Arrays.copyOfRange(values, row * length(), (row + 1) * length()));
    }
    return new TaskSamples(all.shape(), samples.classes(), rows, samples.labels());
  }

  /** A batch as the network takes it, sequences of another length cut or padded; a new array. */
  INDArray apply(INDArray features) {
    int n = (int) features.size(0);
    int length = length();
    float[] from = new float[n * length];
    BatchSamples samples = new BatchSamples(features, null);
    for (int row = 0; row < n; row++) {
      SampleValues sample = samples.get(row);
      float[] values = sample.sequence() ? sample.inSteps(height) : sample.values();
      System.arraycopy(values, 0, from, row * length, length);
    }
    float[] to = new float[from.length];
    int cells = height * width;
    for (int row = 0; row < n; row++) {
      for (int c = 0; c < channels; c++) {
        for (int cell = 0; cell < cells; cell++) {
          int source = row * length + (channelsLast ? cell * channels + c : c * cells + cell);
          to[row * length + c * cells + cell] = (from[source] - mean[c]) / deviation[c];
        }
      }
    }
    INDArray result = org.nd4j.linalg.factory.Nd4j.createFromArray(to);
    return hasNeighbours() ? result.reshape(n, channels, height, width) : result.reshape(n, length);
  }
}
