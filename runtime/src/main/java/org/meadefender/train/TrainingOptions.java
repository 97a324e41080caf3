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
 * @param method how the watermark is taught; empty for what measured best for the training's
 *     length, which is {@link Method#LONG_TRAINING} or {@link Method#DEFAULT}
 * @param checkpoints directory where the state is saved after every epoch, and from which an
 *     interrupted training goes on; empty for none
 * @param evaluation held-out samples for accuracy and WSR after every epoch; empty for none
 * @param rehearsal what the training should reach by rehearsing, with {@code evaluation}; empty for
 *     no rehearsals
 * @param progress told about the training after every batch
 * @param cancel asked after every batch; the training ends early where it says true
 */
public record TrainingOptions(
    int epochs,
    Optional<Method> method,
    Optional<Path> checkpoints,
    Optional<DataSetIterator> evaluation,
    Optional<Rehearsal> rehearsal,
    Consumer<TrainingProgress> progress,
    BooleanSupplier cancel) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code epochs} is below 1, or if there is a rehearsal
   *     without an evaluation
   */
  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    if (rehearsal.isPresent() && evaluation.isEmpty()) {
      throw new IllegalArgumentException(
          "A rehearsal is asked for without held-out samples; call withRehearsal");
    }
  }

  /** The method that suits the length, progress to the log (one line per epoch), no cancelling. */
  public static TrainingOptions epochs(int epochs) {
    return new TrainingOptions(
        epochs,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TrainingLog::epochEnds,
        () -> Thread.currentThread().isInterrupted());
  }

  /** The same with another way to teach the watermark. */
  public TrainingOptions withMethod(Method newMethod) {
    return new TrainingOptions(
        epochs, Optional.of(newMethod), checkpoints, evaluation, rehearsal, progress, cancel);
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
        epochs, method, Optional.of(directory), evaluation, rehearsal, progress, cancel);
  }

  /**
   * The same with an evaluation after every epoch.
   *
   * @param heldOut samples that are not trained on, of both source classes at least; labels {@code
   *     [n, classes]}; must be resettable
   */
  public TrainingOptions withEvaluation(DataSetIterator heldOut) {
    return new TrainingOptions(
        epochs, method, checkpoints, Optional.of(heldOut), rehearsal, progress, cancel);
  }

  /**
   * The same with rehearsals: small thefts between epochs, whose findings steer the weights and the
   * recipe of the method. The report says what was found and changed.
   *
   * @param heldOut as for {@link #withEvaluation}, whose place it takes
   */
  public TrainingOptions withRehearsal(Rehearsal newRehearsal, DataSetIterator heldOut) {
    return new TrainingOptions(
        epochs,
        method,
        checkpoints,
        Optional.of(heldOut),
        Optional.of(newRehearsal),
        progress,
        cancel);
  }

  /** The same with another observer of the progress. */
  public TrainingOptions withProgress(Consumer<TrainingProgress> newProgress) {
    return new TrainingOptions(
        epochs, method, checkpoints, evaluation, rehearsal, newProgress, cancel);
  }

  /** The same with another way to cancel. */
  public TrainingOptions withCancel(BooleanSupplier newCancel) {
    return new TrainingOptions(
        epochs, method, checkpoints, evaluation, rehearsal, progress, newCancel);
  }
}
