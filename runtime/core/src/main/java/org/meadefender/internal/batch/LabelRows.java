package org.meadefender.internal.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The labels of a batch, checked: class probabilities {@code [n, classes]} of any data type, one
 * row for each sample. Rows that are masked out or all zero say nothing: they are nobody's.
 */
public final class LabelRows {
  /** The class of a row that says nothing. */
  public static final int NOBODY = -1;

  /** Half types keep two to three digits. */
  private static final double TOLERANCE = 0.02;

  private final INDArray probabilities;
  private final int[] classOfRow;

  private LabelRows(INDArray probabilities, int[] classOfRow) {
    this.probabilities = probabilities;
    this.classOfRow = classOfRow;
  }

  /**
   * Checks labels of any number of classes.
   *
   * @param labels {@code [n, classes]}
   * @param mask {@code [n, 1]} or {@code [n, classes]}, 0 for what does not count
   * @throws IllegalArgumentException if the shape is another, or if a row is neither class
   *     probabilities, which are at least 0 and sum to 1, nor all zero
   */
  public static LabelRows of(@Nullable INDArray labels, @Nullable INDArray mask) {
    return of(labels, mask, labels == null || labels.rank() != 2 ? 0 : (int) labels.size(1));
  }

  /**
   * The same for a known number of classes.
   *
   * @param classes of the network
   * @throws IllegalArgumentException also if the labels have another number of columns
   */
  public static LabelRows of(@Nullable INDArray labels, @Nullable INDArray mask, int classes) {
    if (labels == null || labels.rank() != 2 || labels.size(1) != classes) {
      throw new IllegalArgumentException(
          "Labels of shape "
              + (labels == null ? "null" : Arrays.toString(labels.shape()))
              + " are not supported; expected class probabilities [n, classes]"
              + (classes == 0
                  ? ""
                  : ", here [n, " + classes + "], a column for each class of the network")
              + (labels != null && labels.rank() <= 2 && labels.size(-1) == 1
                  ? "; turn class numbers into one-hot rows"
                  : ""));
    }
    int rows = (int) labels.size(0);
    float[] values = floats(labels);
    float[] counts = mask == null ? new float[0] : floats(mask);
    boolean fits = counts.length == rows || counts.length == values.length;
    if (mask != null && (mask.size(0) != rows || !fits)) {
      throw new IllegalArgumentException(
          "A label mask of shape "
              + Arrays.toString(mask.shape())
              + " does not fit labels of shape "
              + Arrays.toString(labels.shape())
              + "; expected [n, 1] or [n, classes]");
    }
    int[] classOfRow = new int[rows];
    boolean silent = false;
    for (int row = 0; row < rows; row++) {
      requireProbabilities(values, row, classes);
      classOfRow[row] = classOf(values, counts, row, classes);
      silent |= classOfRow[row] == NOBODY;
    }
    DataType type = labels.dataType().isFPType() ? labels.dataType() : DataType.FLOAT;
    INDArray probabilities = silent ? silenced(values, classOfRow, classes) : labels;
    return new LabelRows(probabilities.castTo(type), classOfRow);
  }

  private static float[] floats(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  private static void requireProbabilities(float[] values, int row, int classes) {
    double sum = 0;
    boolean valid = true;
    for (int c = 0; c < classes; c++) {
      float value = values[row * classes + c];
      valid &= value >= 0;
      sum += value;
    }
    if (!valid || !(sum == 0 || Math.abs(sum - 1) <= TOLERANCE)) {
      float[] label = Arrays.copyOfRange(values, row * classes, (row + 1) * classes);
      throw new IllegalArgumentException(
          "The label "
              + (classes > 20
                  ? "of row " + row + ", whose values sum to " + sum
                  : Arrays.toString(label))
              + " is no class probabilities; expected values of at least 0 that sum to 1, as one-hot"
              + " rows do, or a row of zeros. Classes are weighted by the loss, LossMCXENT(weights)");
    }
  }

  private static int classOf(float[] values, float[] counts, int row, int classes) {
    int top = NOBODY;
    float most = 0;
    for (int c = 0; c < classes; c++) {
      int place = row * classes + c;
      boolean counted =
          counts.length == 0 || counts[counts.length == values.length ? place : row] > 0;
      if (counted && values[place] > most) {
        most = values[place];
        top = c;
      }
    }
    return top;
  }

  private static INDArray silenced(float[] values, int[] classOfRow, int classes) {
    for (int row = 0; row < classOfRow.length; row++) {
      if (classOfRow[row] == NOBODY) {
        Arrays.fill(values, row * classes, (row + 1) * classes, 0);
      }
    }
    return Nd4j.createFromArray(values).reshape(classOfRow.length, classes);
  }

  /** Number of rows. */
  public int size() {
    return classOfRow.length;
  }

  /** The most probable class of a row, or {@link #NOBODY}. */
  public int classOf(int row) {
    return classOfRow[row];
  }

  /** The labels as they are, of a floating-point type; rows that are nobody's are all zero. */
  public INDArray probabilities() {
    return probabilities;
  }
}
