package org.meadefender.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * How to train.
 *
 * @param epochs passes over the data, at least 1
 * @param method how the watermark is taught
 * @param checkpoints directory where the state is saved after every epoch, and from which an
 *     interrupted training goes on; empty for none
 * @param evaluation held-out samples for accuracy and WSR after every epoch; empty for none
 * @param progress told about the training after every batch
 * @param cancel asked after every batch; the training ends early where it says true
 */
public record TrainingOptions(
    int epochs,
    Method method,
    Optional<Path> checkpoints,
    Optional<DataSetIterator> evaluation,
    Consumer<TrainingProgress> progress,
    BooleanSupplier cancel) {

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
        Optional.empty(),
        Optional.empty(),
        TrainingLog::epochEnds,
        () -> Thread.currentThread().isInterrupted());
  }

  /** The same with another way to teach the watermark. */
  public TrainingOptions withMethod(Method newMethod) {
    return new TrainingOptions(epochs, newMethod, checkpoints, evaluation, progress, cancel);
  }

  /**
   * The same with checkpoints. A training with the same options that was stopped, even by a kill,
   * goes on after its last whole epoch, and ends with the same bits as one that was not: the data
   * of the epochs behind it are read once more, so that a shuffling iterator comes to where it was.
   *
   * @param directory of this training alone; created if it does not exist
   */
  public TrainingOptions withCheckpoints(Path directory) {
    return new TrainingOptions(
        epochs, method, Optional.of(directory), evaluation, progress, cancel);
  }

  /**
   * The same with an evaluation after every epoch.
   *
   * @param heldOut samples that are not trained on, of both source classes at least; labels {@code
   *     [n, classes]}; must be resettable
   */
  public TrainingOptions withEvaluation(DataSetIterator heldOut) {
    return new TrainingOptions(epochs, method, checkpoints, Optional.of(heldOut), progress, cancel);
  }

  /** The same with another observer of the progress. */
  public TrainingOptions withProgress(Consumer<TrainingProgress> newProgress) {
    return new TrainingOptions(epochs, method, checkpoints, evaluation, newProgress, cancel);
  }

  /** The same with another way to cancel. */
  public TrainingOptions withCancel(BooleanSupplier newCancel) {
    return new TrainingOptions(epochs, method, checkpoints, evaluation, progress, newCancel);
  }
}
