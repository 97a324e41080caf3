package org.meadefender.internal.loss;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's arrays as flat arrays of Java, row by row, and back. */
final class FlatArrays {
  private FlatArrays() {}

  /** All values, as a copy. */
  static float[] floats(INDArray array) {
    // Copies lie densely, from their buffer's start.
    FloatBuffer values = array.castTo(DataType.FLOAT).dup('c').data().asNioFloat();
    float[] copy = new float[Math.toIntExact(array.length())];
    values.get(values.position(), copy);
    return copy;
  }

  /** All values in double precision, as a copy. */
  static double[] doubles(INDArray array) {
    if (array.dataType() == DataType.DOUBLE) {
      return array.dup('c').data().asDouble();
    }
    float[] values = floats(array);
    double[] copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  /**
   * {@code (values · factor of the row + added) · scale}, in the array's own precision and place.
   *
   * @param values {@code [n, …]}; replaced
   * @param factors n
   * @param added as many as values
   */
  static INDArray merge(INDArray values, double[] factors, double[] added, double scale) {
    int width = added.length / factors.length;
    if (values.dataType() == DataType.DOUBLE) {
      double[] merged = doubles(values);
      for (int i = 0; i < merged.length; i++) {
        merged[i] = (merged[i] * factors[i / width] + added[i]) * scale;
      }
      return values.assign(Nd4j.createFromArray(merged).reshape(values.shape()));
    }
    float[] merged = floats(values);
    for (int i = 0; i < merged.length; i++) {
      merged[i] = (merged[i] * (float) factors[i / width] + (float) added[i]) * (float) scale;
    }
    return values.assign(Nd4j.createFromArray(merged).reshape(values.shape()));
  }
}
