package org.meadefender.internal.batch;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;

/**
 * One sample outside of a batch.
 *
 * @param values in the order of the shape
 * @param shape layout; the width of a sequence is its own number of steps
 * @param sequence whether it is a sequence, which others of another length may stand beside
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SampleValues(float[] values, SampleShape shape, boolean sequence) {

  /**
   * Values whose length tells the number of steps, if they are a sequence.
   *
   * @param shape of the data's samples, but for the length of sequences
   */
  public static SampleValues of(float[] values, SampleShape shape) {
    return shape.height() > 1
        ? new SampleValues(values, shape, /* sequence= */ false)
        : new SampleValues(
            values,
            shape.withWidth(values.length / shape.outer() / shape.inner()),
            /* sequence= */ true);
  }

  /** The same in another number of steps: cut, or with zeros behind it. */
  public float[] inSteps(int steps) {
    return shape.inSteps(values, steps);
  }

  /** A combined sample, and whether it is no more than one of the two. */
  public record Mix(SampleValues sample, boolean isA, boolean isB) {
    /** Whether nothing of A, or nothing of B, is in it. */
    public boolean isSource() {
      return isA || isB;
    }
  }

  /**
   * Combines two samples; sequences over the steps that both have.
   *
   * @throws IllegalArgumentException if their layouts differ otherwise
   */
  public static Mix combine(
      Combiner combiner, SampleValues a, SampleValues b, RandomGenerator random) {
    int steps = Math.min(a.shape.width(), b.shape.width());
    SampleValues ofA = a.first(steps);
    SampleValues ofB = b.first(steps);
    if (!ofA.shape.equals(ofB.shape)) {
      throw new IllegalArgumentException(
          "Samples of the layouts "
              + a.shape
              + " and "
              + b.shape
              + " cannot be combined; give all samples one shape (only sequences [n, F, T] may"
              + " differ in length)");
    }
    float[] values = combiner.combine(ofA.values, ofB.values, ofA.shape, random);
    return new Mix(
        new SampleValues(values, ofA.shape, a.sequence),
        Arrays.equals(values, ofA.values),
        Arrays.equals(values, ofB.values));
  }

  /** The first steps of a longer sequence; anything else as it is. */
  private SampleValues first(int steps) {
    if (!sequence || steps == shape.width()) {
      return this;
    }
    return new SampleValues(shape.inSteps(values, steps), shape.withWidth(steps), true);
  }

  /**
   * Writes the sample among others.
   *
   * @param all where to
   * @param row place among rows of {@code target}'s length
   * @param target layout of every row: that of this sample, or of a sequence at least as long,
   *     whose further steps are left as they are
   * @throws IllegalArgumentException if the sample has another layout
   */
  public void writeTo(float[] all, int row, SampleShape target) {
    if (!shape.equals(sequence ? target.withWidth(shape.width()) : target)) {
      throw new IllegalArgumentException(
          "The data hold samples of the layouts "
              + shape
              + " and "
              + target
              + "; give all samples one shape (only sequences [n, F, T] may differ in length)");
    }
    int start = row * target.length();
    if (shape.equals(target)) {
      System.arraycopy(values, 0, all, start, values.length);
      return;
    }
    for (int plane = 0; plane < shape.outer(); plane++) {
      System.arraycopy(
          values, plane * shape.width(), all, start + plane * target.width(), shape.width());
    }
  }
}
