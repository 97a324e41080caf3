package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.meadefender.suspect.SuspectException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What verification uses of a batch of answers.
 *
 * @param tops the class above all others of each row, {@link #NONE} where there is none
 * @param soft whether any row is more than a bare label
 * @param classes number of classes
 */
record Answers(List<Integer> tops, boolean soft, int classes) {
  /** No class is above all others. */
  static final int NONE = -1;

  /** Probabilities above this and below its complement are more than a bare label. */
  private static final float HARD = 1 - 1e-6f;

  /** Stands for the top class's probability where answers are rebuilt. */
  private static final float TOP = 0.9f;

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
    int classes = (int) answer.size(1);
    float[] values = answer.castTo(DataType.FLOAT).dup('c').data().asFloat();
    List<Integer> tops = new ArrayList<>();
    boolean soft = false;
    for (int start = 0; start < values.length; start += classes) {
      tops.add(top(values, start, classes));
      for (int i = start; i < start + classes; i++) {
        soft |= values[i] > 1 - HARD && values[i] < HARD;
      }
    }
    return new Answers(tops, soft, classes);
  }

  private static int top(float[] values, int start, int classes) {
    int top = 0;
    boolean tied = false;
    for (int i = 0; i < classes; i++) {
      float value = values[start + i];
      if (!Float.isFinite(value)) {
        throw new SuspectException("it answered with " + value + ", which is no probability");
      }
      if (i > 0 && value >= values[start + top]) {
        tied = value == values[start + top];
        top = i;
      }
    }
    return tied ? NONE : top;
  }

  /** Probabilities that {@link #read} would read as these answers. */
  INDArray toProbabilities() {
    float[][] rows = new float[tops.size()][classes];
    for (int i = 0; i < rows.length; i++) {
      int top = tops.get(i);
      if (top == NONE) {
        Arrays.fill(rows[i], soft ? 1f / classes : 0);
      } else if (soft) {
        Arrays.fill(rows[i], (1 - TOP) / (classes - 1));
        rows[i][top] = TOP;
      } else {
        rows[i][top] = 1;
      }
    }
    return Nd4j.createFromArray(rows);
  }
}
