package org.meadefender.attack;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How an attacker trains.
 *
 * @param epochs passes over the data, at least 1
 * @param batch rows per step, at least 1
 * @param updater the optimiser; each training starts with a fresh one
 */
public record FitSettings(int epochs, int batch, IUpdater updater) {
  /** Of the published attacks (MEA-Defender's code, cleverhans, knowledge-distillation-pytorch). */
  private static final double ADAM_RATE = 1e-3;

  private static final int BATCH = 128;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if epochs or batch is below 1
   */
  public FitSettings {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + "; it must be at least 1");
    }
  }

  /** Adam at 1e-3 with batches of 128. */
  public static FitSettings adam(int epochs) {
    return new FitSettings(epochs, BATCH, new Adam(ADAM_RATE));
  }

  /** The same with another number of epochs. */
  public FitSettings withEpochs(int newEpochs) {
    return new FitSettings(newEpochs, batch, updater);
  }

  /** The same with another batch size. */
  public FitSettings withBatch(int newBatch) {
    return new FitSettings(epochs, newBatch, updater);
  }

  /** The same with another optimiser. */
  public FitSettings withUpdater(IUpdater newUpdater) {
    return new FitSettings(epochs, batch, newUpdater);
  }
}
