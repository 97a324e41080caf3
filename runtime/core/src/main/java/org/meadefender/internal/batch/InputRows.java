package org.meadefender.internal.batch;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.SampleShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one input of the network gets: the task's rows and those that are appended. Sequences are
 * padded to the longest of all, with a mask where lengths differ.
 *
 * @param features {@code [n + m, …]}
 * @param mask as the task's; null if none is needed
 */
record InputRows(INDArray features, @Nullable INDArray mask) {

  /**
   * Appends rows.
   *
   * @param task of the batch without appended rows
   * @param samples the same, one by one
   * @param extra the rows to append
   * @throws IllegalArgumentException if they have other layouts, but for the length of sequences
   */
  static InputRows grow(InputRows task, BatchSamples samples, List<Sample.Part> extra) {
    if (extra.isEmpty()) {
      return task;
    }
    SampleShape shape = samples.shape();
    if (samples.sequences()) {
      int longest = extra.stream().mapToInt(part -> part.sample().shape().width()).max().orElse(0);
      shape = shape.withWidth(Math.max(shape.width(), longest));
    }
    float[] values = new float[extra.size() * shape.length()];
    for (int i = 0; i < extra.size(); i++) {
      extra.get(i).sample().writeTo(values, i, shape);
    }
    INDArray padded = pad(task.features, shape.width() - samples.shape().width());
    long[] extraShape = padded.shape().clone();
    extraShape[0] = extra.size();
    INDArray features = RowArrays.concat(padded, Nd4j.createFromArray(values).reshape(extraShape));
    return new InputRows(
        features,
        samples.sequences()
            ? ofSteps(task, samples.shape().width(), shape.width(), extra)
            : ofOthers(task, samples.rows(), extra));
  }

  private static INDArray pad(INDArray array, int steps) {
    if (steps == 0) {
      return array;
    }
    long[] shape = array.shape().clone();
    shape[shape.length - 1] = steps;
    return Nd4j.concat(shape.length - 1, array, Nd4j.zeros(array.dataType(), shape));
  }

  private static @Nullable INDArray ofSteps(
      InputRows task, int before, int after, List<Sample.Part> extra) {
    boolean full =
        before == after && extra.stream().allMatch(part -> part.sample().shape().width() == after);
    if (task.mask == null && full) {
      return null;
    }
    float[] mask = new float[extra.size() * after];
    for (int i = 0; i < extra.size(); i++) {
      Arrays.fill(mask, i * after, i * after + extra.get(i).sample().shape().width(), 1);
    }
    INDArray ofTask =
        task.mask == null ? Nd4j.ones(maskType(task), task.features.size(0), before) : task.mask;
    return RowArrays.concat(
        pad(ofTask, after - before), Nd4j.createFromArray(mask).reshape(-1, after));
  }

  /** Masks of anything else: their shape is the user's, and the same in all batches. */
  private static @Nullable INDArray ofOthers(InputRows task, int rows, List<Sample.Part> extra) {
    int length = task.mask == null ? 0 : (int) (task.mask.length() / rows);
    float[] mask = new float[extra.size() * length];
    for (int i = 0; i < extra.size(); i++) {
      float[] own = extra.get(i).mask();
      if (own.length != length) {
        throw new IllegalArgumentException(
            "Some samples have a feature mask of "
                + own.length
                + " values and some of "
                + length
                + "; give all of them masks of one shape, or none");
      }
      System.arraycopy(own, 0, mask, i * length, length);
    }
    if (task.mask == null) {
      return null;
    }
    long[] extraShape = task.mask.shape().clone();
    extraShape[0] = extra.size();
    return RowArrays.concat(task.mask, Nd4j.createFromArray(mask).reshape(extraShape));
  }

  private static DataType maskType(InputRows task) {
    return task.features.dataType().isFPType() ? task.features.dataType() : DataType.FLOAT;
  }
}
