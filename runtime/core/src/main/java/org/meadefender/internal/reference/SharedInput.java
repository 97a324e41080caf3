package org.meadefender.internal.reference;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Prepares a batch once for all networks that are shown it one after another. */
final class SharedInput {
  private final ReferenceInput input;
  private INDArray last = Nd4j.empty();
  private INDArray prepared = last;

  SharedInput(ReferenceInput input) {
    this.input = input;
  }

  /** The batch as the networks take it; not to be changed. */
  @SuppressWarnings("ReferenceEquality") // the very same batch
  synchronized INDArray apply(INDArray features) {
    if (last != features) {
      prepared = input.apply(features);
      last = features;
    }
    return prepared;
  }
}
