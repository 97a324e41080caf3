package org.meadefender.audit;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dimensionalityreduction.PCA;

/** Projection on the plane in which points differ most. */
final class PrincipalComponents {
  private PrincipalComponents() {}

  /**
   * Projects.
   *
   * @param points {@code [n, d]}, d at least 2
   * @return {@code [n][2]}, centred
   */
  static double[][] firstTwo(INDArray points) {
    INDArray centred = points.castTo(DataType.DOUBLE);
    centred = centred.subRowVector(centred.mean(0));
    // LAPACK leaves its workings in the array that it is given.
    INDArray factors = PCA.pca_factor(centred.dup('f'), 2, false);
    return centred.mmul(factors).toDoubleMatrix();
  }
}
