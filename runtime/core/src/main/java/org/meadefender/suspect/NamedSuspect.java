package org.meadefender.suspect;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A suspect under another name. */
record NamedSuspect(SuspectModel suspect, String identity) implements SuspectModel {
  NamedSuspect {
    if (identity.isBlank() || identity.equals(UNNAMED)) {
      throw new IllegalArgumentException(
          "identity is '" + identity + "'; give an address or a digest that is this suspect's own");
    }
  }

  @Override
  public INDArray predict(INDArray features) {
    return suspect.predict(features);
  }

  @Override
  public List<String> notes() {
    return suspect.notes();
  }

  @Override
  public SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
    return new NamedSuspect(suspect.settled(accuracy), identity);
  }
}
