package org.meadefender.suspect;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A suspect with something around its answers; it settles, and is named, as the suspect is. */
final class WrappedSuspect implements SuspectModel {
  private final SuspectModel suspect;
  private final UnaryOperator<SuspectModel> wrapping;
  private final SuspectModel wrapped;

  WrappedSuspect(SuspectModel suspect, UnaryOperator<SuspectModel> wrapping) {
    this.suspect = suspect;
    this.wrapping = wrapping;
    this.wrapped = wrapping.apply(suspect);
  }

  @Override
  public INDArray predict(INDArray features) {
    return wrapped.predict(features);
  }

  @Override
  public String identity() {
    return suspect.identity();
  }

  @Override
  public List<String> notes() {
    return suspect.notes();
  }

  @Override
  public SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
    SuspectModel settled =
        suspect.settled(way -> accuracy.applyAsDouble(new WrappedSuspect(way, wrapping)));
    return settled == suspect ? this : new WrappedSuspect(settled, wrapping);
  }
}
