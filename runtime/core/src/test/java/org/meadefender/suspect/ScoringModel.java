package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.meadefender.suspect.OnnxModels.FLOAT;
import static org.meadefender.suspect.OnnxModels.attribute;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model that scores two rows by known weights, as its ONNX file should answer. */
final class ScoringModel {
  /** Two rows of bytes, [2, 1, 2, 2], from 0 to 1. */
  static final INDArray ROWS =
      Nd4j.createFromArray(0f, 255, 51, 102, 204, 0, 102, 51).divi(255).reshape(2, 1, 2, 2);

  /** Weights for the four values of a row, a column for each of three classes. */
  static final float[] WEIGHTS = {3, 0, 1, 0, 3, 1, 1, 1, 0, 0, 1, 2};

  private ScoringModel() {}

  /** Scores of the rows: their values times the weights. */
  static float[][] scores() {
    return ROWS.reshape(2, 4).mmul(Nd4j.createFromArray(WEIGHTS).reshape(4, 3)).toFloatMatrix();
  }

  static float[][] probabilities() {
    float[][] scores = scores();
    for (float[] row : scores) {
      double sum = 0;
      for (float score : row) {
        sum += Math.exp(score);
      }
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (Math.exp(row[i]) / sum);
      }
    }
    return scores;
  }

  /** From an input named x to scores of the shape [n, 3]. */
  static OnnxModels scoring(int type, long... shape) {
    return new OnnxModels()
        .input("x", type, shape)
        .node("Cast", "x", "numbers", attribute("to", FLOAT))
        .wholes("flatShape", -1, 4)
        .node("Reshape", "numbers flatShape", "flat")
        .constant("w", new long[] {4, 3}, WEIGHTS)
        .node("MatMul", "flat w", "scores");
  }

  static void assertRows(INDArray answers, float[][] expected, double tolerance) {
    float[][] rows = answers.toFloatMatrix();
    assertThat(rows).hasNumberOfRows(expected.length);
    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i]).as("row %s", i).containsExactly(expected[i], within((float) tolerance));
    }
  }
}
