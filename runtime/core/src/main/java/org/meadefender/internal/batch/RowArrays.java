package org.meadefender.internal.batch;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Puts rows behind the rows of another array. */
final class RowArrays {
  private RowArrays() {}

  /**
   * Joins two arrays along their rows.
   *
   * @param extra closed afterwards
   * @return of the type of {@code rows}
   */
  static INDArray concat(INDArray rows, INDArray extra) {
    INDArray fitting = extra.castTo(rows.dataType());
    INDArray all = Nd4j.concat(0, rows, fitting);
    // The collector sees how small the handles are, not the native memory behind them.
    for (INDArray done : List.of(extra, fitting)) {
      if (done.closeable()) {
        done.close();
      }
    }
    return all;
  }
}
