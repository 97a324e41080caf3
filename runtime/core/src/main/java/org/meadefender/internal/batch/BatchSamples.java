package org.meadefender.internal.batch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.SampleShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * The samples of a batch, one by one: copies, out of any workspace. A sequence comes without the
 * steps that its mask leaves out.
 */
public final class BatchSamples {
  private final INDArray features;
  private final SampleShape shape;
  private final boolean sequences;
  private final float[] mask;
  private @Nullable FloatBuffer values;

  /**
   * Reads a batch.
   *
   * @param features see {@link SampleShape#of}; of any data type
   * @param mask of sequences, {@code [n, T]}, 0 for padding; other masks are not looked at
   * @throws IllegalArgumentException if the features have another rank
   */
  public BatchSamples(INDArray features, @Nullable INDArray mask) {
    this.features = features;
    this.shape = SampleShape.of(features.shape());
    boolean ofSteps = mask != null && mask.rank() == 2 && mask.size(1) == shape.width();
    this.sequences = features.rank() == 3 && (mask == null || ofSteps);
    this.mask =
        mask != null && sequences
            ? mask.castTo(DataType.FLOAT).dup('c').data().asFloat()
            : new float[0];
  }

  /** Number of samples. */
  public int rows() {
    return Math.toIntExact(features.size(0));
  }

  /** Layout of the batch's rows, with their padding. */
  public SampleShape shape() {
    return shape;
  }

  /** Whether they are sequences, whose lengths may differ. */
  public boolean sequences() {
    return sequences;
  }

  /** Number of steps of a sequence without its padding; 1 for anything else. */
  public int steps(int row) {
    return sequences ? realSteps(row).length : 1;
  }

  private int[] realSteps(int row) {
    int width = shape.width();
    return IntStream.range(0, width)
        .filter(step -> mask.length == 0 || mask[row * width + step] > 0)
        .toArray();
  }

  /** A copy of one sample. */
  public SampleValues get(int row) {
    float[] all = read(row);
    if (!sequences || mask.length == 0) {
      return new SampleValues(all, shape, sequences);
    }
    int[] real = realSteps(row);
    SampleShape own = shape.withWidth(real.length);
    float[] kept = new float[own.length()];
    for (int plane = 0; plane < shape.outer(); plane++) {
      for (int i = 0; i < real.length; i++) {
        kept[plane * real.length + i] = all[plane * shape.width() + real[i]];
      }
    }
    return new SampleValues(kept, own, true);
  }

  private float[] read(int row) {
    FloatBuffer all = values;
    if (all == null) {
      all = buffer();
      values = all;
    }
    float[] copy = new float[shape.length()];
    all.get(all.position() + row * copy.length, copy);
    return copy;
  }

  private FloatBuffer buffer() {
    if (features.dataType() == DataType.FLOAT
        && features.ordering() == 'c'
        && Shape.hasDefaultStridesForShape(features)) {
      return features.data().asNioFloat();
    }
    return FloatBuffer.wrap(features.castTo(DataType.FLOAT).dup('c').data().asFloat());
  }

  @Override
  public String toString() {
    return "BatchSamples" + Arrays.toString(features.shape());
  }
}
