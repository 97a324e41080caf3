package org.meadefender.suspect;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Answers of networks in memory; samples of another shape are no fault of the program. */
final class NetworkAnswers {
  private NetworkAnswers() {}

  /**
   * Asks.
   *
   * @throws SuspectException if the network does not take such samples
   */
  static INDArray of(INDArray features, UnaryOperator<INDArray> network) {
    try {
      return network.apply(features);
    } catch (RuntimeException e) {
      throw new SuspectException(
          "The network does not take samples of shape "
              + Arrays.toString(features.shape())
              + "; try another layout of the input ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          e);
    }
  }
}
