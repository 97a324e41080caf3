package org.meadefender.train;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How to train.
 *
 * @param epochs passes over the data, at least 1
 * @param method how the watermark is taught
 * @param progress told about the training after every batch
 * @param cancel asked after every batch; the training ends early where it says true
 */
public record TrainingOptions(
    int epochs, Method method, Consumer<TrainingProgress> progress, BooleanSupplier cancel) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code epochs} is below 1
   */
  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
  }

  /** Default weights, progress to the log (one line per epoch), no cancelling. */
  public static TrainingOptions epochs(int epochs) {
    return new TrainingOptions(
        epochs,
        Method.DEFAULT,
        TrainingLog::epochEnds,
        () -> Thread.currentThread().isInterrupted());
  }

  /** The same with another way to teach the watermark. */
  public TrainingOptions withMethod(Method newMethod) {
    return new TrainingOptions(epochs, newMethod, progress, cancel);
  }

  /** The same with another observer of the progress. */
  public TrainingOptions withProgress(Consumer<TrainingProgress> newProgress) {
    return new TrainingOptions(epochs, method, newProgress, cancel);
  }

  /** The same with another way to cancel. */
  public TrainingOptions withCancel(BooleanSupplier newCancel) {
    return new TrainingOptions(epochs, method, progress, newCancel);
  }
}
