package org.meadefender.verify;

import java.util.Arrays;
import java.util.List;
import org.meadefender.suspect.SuspectException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model's answers to some rows: probabilities of each class, and the class above all others. */
final class Answers {
  /** No class is above all others. */
  static final int NONE = -1;

  /** Probabilities above this and below its complement are more than a bare label. */
  private static final float HARD = 1 - 1e-6f;

  private final int classes;
  private final float[] values;
  private final int[] tops;
  private final boolean soft;

  private Answers(int classes, float[] values) {
    this.classes = classes;
    this.values = values;
    this.tops = new int[values.length / classes];
    boolean anySoft = false;
    for (int row = 0; row < tops.length; row++) {
      tops[row] = top(values, row * classes, classes);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        anySoft |= values[i] > 1 - HARD && values[i] < HARD;
      }
    }
    this.soft = anySoft;
  }

  /**
   * Reads class probabilities.
   *
   * @throws SuspectException if they are none
   */
  static Answers read(INDArray answer) {
    if (answer.rank() != 2 || answer.size(1) < 2) {
      throw new SuspectException(
          "it answered with an array of shape "
              + Arrays.toString(answer.shape())
              + "; expected [n, classes]");
    }
    return of((int) answer.size(1), answer.castTo(DataType.FLOAT).dup('c').data().asFloat());
  }

  /**
   * Takes class probabilities.
   *
   * @param values row by row
   * @throws SuspectException if a value is not finite
   */
  static Answers of(int classes, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new SuspectException("it answered with " + value + ", which is no probability");
      }
    }
    return new Answers(classes, values);
  }

  /** All rows of several answers with the same classes, in order. */
  static Answers join(List<Answers> parts) {
    int length = parts.stream().mapToInt(part -> part.values.length).sum();
    float[] all = new float[length];
    int from = 0;
    for (Answers part : parts) {
      System.arraycopy(part.values, 0, all, from, part.values.length);
      from += part.values.length;
    }
    return new Answers(parts.isEmpty() ? 2 : parts.get(0).classes, all);
  }

  private static int top(float[] values, int start, int classes) {
    int top = 0;
    boolean tied = false;
    for (int i = 1; i < classes; i++) {
      float value = values[start + i];
      if (value >= values[start + top]) {
        tied = value == values[start + top];
        top = i;
      }
    }
    return tied ? NONE : top;
  }

  /** Some of the rows, in the order given. */
  Answers at(int[] rows) {
    float[] chosen = new float[rows.length * classes];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * classes, chosen, i * classes, classes);
    }
    return new Answers(classes, chosen);
  }

  /** The rows from one to before another. */
  Answers between(int from, int to) {
    return new Answers(classes, Arrays.copyOfRange(values, from * classes, to * classes));
  }

  /**
   * The same answers with classes in another order.
   *
   * @param columns for each class, the present column; {@link #NONE} where it has none
   */
  Answers inOrder(int[] columns) {
    float[] ordered = new float[rows() * columns.length];
    for (int row = 0; row < rows(); row++) {
      for (int c = 0; c < columns.length; c++) {
        ordered[row * columns.length + c] =
            columns[c] == NONE ? 0 : values[row * classes + columns[c]];
      }
      // What is answered with a class that the task lacks is no answer of the task.
      int top = tops[row];
      if (top != NONE && Arrays.stream(columns).noneMatch(column -> column == top)) {
        Arrays.fill(ordered, row * columns.length, (row + 1) * columns.length, 0);
      }
    }
    return new Answers(columns.length, ordered);
  }

  int rows() {
    return tops.length;
  }

  int classes() {
    return classes;
  }

  /** The class above all others, {@link #NONE} where there is none. */
  int top(int row) {
    return tops[row];
  }

  float[] values() {
    return values;
  }

  /** Whether any row is more than a bare label. */
  boolean soft() {
    return soft;
  }

  float probability(int row, int label) {
    return values[row * classes + label];
  }

  /**
   * Log-probability of a class.
   *
   * @param floor least value, for probabilities that are 0 or too small to matter
   */
  double logProbability(int row, int label, double floor) {
    double p = probability(row, label);
    return p <= 0 ? floor : Math.max(floor, Math.log(Math.min(1, p)));
  }

  /** Mean log-probability of a class over all rows; NaN without rows. */
  double meanLogProbability(int label, double floor) {
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      sum += logProbability(row, label, floor);
    }
    return sum / rows();
  }

  /** How often a class is above all others. */
  Rate rate(int label) {
    return new Rate((int) Arrays.stream(tops).filter(top -> top == label).count(), tops.length);
  }

  /** The least probability above 0; 1 without any. */
  float leastPositive() {
    float least = 1;
    for (float value : values) {
      if (value > 0 && value < least) {
        least = value;
      }
    }
    return least;
  }

  INDArray toArray() {
    return Nd4j.createFromArray(values).reshape(rows(), classes);
  }
}
