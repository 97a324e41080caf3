package org.meadefender.suspect;

import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Asks for many rows in batches that a suspect takes. */
final class Batches {
  /** Of a batch that is filled up, so that a stranger's word costs no more memory than this. */
  private static final double MAX_VALUES = 1 << 26;

  private Batches() {}

  /**
   * Asks.
   *
   * @param most rows of a batch, at least 1
   * @param exact whether each batch must have as many; the last is then filled up with its last row
   * @param ask answers a batch, a row of probabilities for each
   */
  static INDArray ask(INDArray rows, int most, boolean exact, Function<INDArray, float[][]> ask) {
    int n = (int) rows.size(0);
    if (exact && (double) most * rows.length() / n > MAX_VALUES) {
      throw new SuspectException(
          "The suspect takes batches of exactly " + most + " rows, too many to fill up");
    }
    float[][] result = new float[n][];
    for (int from = 0; from < n; from += most) {
      int to = Math.min(from + most, n);
      INDArray batch = rows.get(NDArrayIndex.interval(from, to)).dup('c');
      if (exact && to - from < most) {
        INDArray last = rows.get(NDArrayIndex.interval(to - 1, to)).repeat(0, most - (to - from));
        batch = Nd4j.concat(0, batch, last);
      }
      System.arraycopy(ask.apply(batch), 0, result, from, to - from);
    }
    return Nd4j.createFromArray(result);
  }
}
