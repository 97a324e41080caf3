package org.meadefender.attack.extraction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How much of its probabilities a black box tells. */
public sealed interface AnswerDetail {
  /**
   * What is told of a batch.
   *
   * @param probabilities {@code [n, classes]}, not changed
   * @return a new array of the same shape; what is not told is 0
   */
  INDArray tell(INDArray probabilities);

  /** All probabilities as they are. */
  static AnswerDetail probabilities() {
    return new Probabilities();
  }

  /** All probabilities, rounded to some decimal digits. */
  static AnswerDetail rounded(int digits) {
    return new Rounded(digits);
  }

  /** The probabilities of the {@code k} likeliest classes. */
  static AnswerDetail top(int k) {
    return new Top(k);
  }

  /** The likeliest class only, as a one-hot row. */
  static AnswerDetail topClass() {
    return new TopClass();
  }

  /** All probabilities. */
  record Probabilities() implements AnswerDetail {
    @Override
    public INDArray tell(INDArray probabilities) {
      return probabilities.dup('c');
    }
  }

  /**
   * Rounded probabilities.
   *
   * @param digits decimal digits, from 1 to 6
   */
  record Rounded(int digits) implements AnswerDetail {
    /** Beyond this a float has no more digits to hide. */
    private static final int MAX_DIGITS = 6;

    /**
     * Checks the digits.
     *
     * @throws IllegalArgumentException if they are outside their range
     */
    public Rounded {
      if (digits < 1 || digits > MAX_DIGITS) {
        throw new IllegalArgumentException(
            "digits is " + digits + "; it must be from 1 to " + MAX_DIGITS);
      }
    }

    @Override
    public INDArray tell(INDArray probabilities) {
      double scale = Math.pow(10, digits);
      float[][] rows = probabilities.toFloatMatrix();
      for (float[] row : rows) {
        for (int c = 0; c < row.length; c++) {
          row[c] = (float) (Math.round(row[c] * scale) / scale);
        }
      }
      return Nd4j.createFromArray(rows);
    }
  }

  /**
   * The likeliest classes with their probabilities.
   *
   * @param k how many, at least 1
   */
  record Top(int k) implements AnswerDetail {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Top {
      if (k < 1) {
        throw new IllegalArgumentException("k is " + k + "; it must be at least 1");
      }
    }

    @Override
    public INDArray tell(INDArray probabilities) {
      float[][] rows = probabilities.toFloatMatrix();
      for (float[] row : rows) {
        int[] byProbability =
            IntStream.range(0, row.length)
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> row[c]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        Arrays.stream(byProbability).skip(k).forEach(c -> row[c] = 0);
      }
      return Nd4j.createFromArray(rows);
    }
  }

  /** The top class. */
  record TopClass() implements AnswerDetail {
    @Override
    public INDArray tell(INDArray probabilities) {
      int[] top = probabilities.argMax(1).toIntVector();
      float[][] rows = new float[top.length][Math.toIntExact(probabilities.size(1))];
      for (int i = 0; i < top.length; i++) {
        rows[i][top[i]] = 1;
      }
      return Nd4j.createFromArray(rows);
    }
  }
}
