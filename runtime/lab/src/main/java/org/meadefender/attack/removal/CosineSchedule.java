package org.meadefender.attack.removal;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A rate that falls from a start to 0 along half a cosine wave over some epochs. */
final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double start;
  private final int epochs;

  /**
   * A schedule.
   *
   * @param start rate of the first epoch
   * @param epochs number of epochs, at least 1
   */
  public CosineSchedule(@JsonProperty("start") double start, @JsonProperty("epochs") int epochs) {
    this.start = start;
    this.epochs = epochs;
  }

  /** Rate of the first epoch. */
  @JsonProperty
  public double getStart() {
    return start;
  }

  /** Number of epochs. */
  @JsonProperty
  public int getEpochs() {
    return epochs;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return start * (1 + Math.cos(Math.PI * Math.min(epoch, epochs) / epochs)) / 2;
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // immutable
  public ISchedule clone() {
    return new CosineSchedule(start, epochs);
  }
}
