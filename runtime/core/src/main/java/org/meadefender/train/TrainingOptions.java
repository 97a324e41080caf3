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
 * @param plan the longer training of which these epochs are a part; empty for a training of its own
 * @param method how the watermark is taught; empty for what measured best for the training's
 *     length, which is {@link Method#LONG_TRAINING} or {@link Method#DEFAULT}
 * @param checkpoints directory where the state is saved after every epoch, and from which an
 *     interrupted training goes on; empty for none
 * @param evaluation held-out samples for accuracy and WSR after every epoch; empty for none
 * @param rehearsal what the training should reach by rehearsing, with {@code evaluation}; empty for
 *     no rehearsals
 * @param progress told about the training after every batch
 * @param cancel asked after every batch; the training ends early where it says true
 * @param acceleration whether layers run on oneDNN where the platform has it
 */
public record TrainingOptions(
    int epochs,
    Optional<TrainingPlan> plan,
    Optional<Method> method,
    Optional<Path> checkpoints,
    Optional<DataSetIterator> evaluation,
    Optional<Rehearsal> rehearsal,
    Consumer<TrainingProgress> progress,
    BooleanSupplier cancel,
    boolean acceleration) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code epochs} is below 1 or leads beyond the plan, or if
   *     there is a rehearsal without an evaluation
   */
  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    int left = plan.map(each -> each.epochs() - each.epochsBefore()).orElse(epochs);
    if (epochs > left) {
      throw new IllegalArgumentException(
          "epochs is "
              + epochs
              + "; the plan has "
              + left
              + " left: train so many, or make the plan longer");
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
        Optional.empty(),
        TrainingLog::epochEnds,
        () -> false,
        true);
  }

  /** Epochs of the whole plan; those of this call where there is none. */
  int plannedEpochs() {
    return plan.map(TrainingPlan::epochs).orElse(epochs);
  }

  /** Epochs of the plan that are trained already. */
  int epochsBefore() {
    return plan.map(TrainingPlan::epochsBefore).orElse(0);
  }

  /**
   * The same as a part of a longer training, for loops that call {@code fit} again and again. The
   * mark then is taught where, and as, a single call of that length would teach it.
   *
   * <pre>{@code
   * for (int epoch = 0; epoch < 12; epoch++) {
   *   model.fit(data, TrainingOptions.epochs(1).withPlan(epoch, 12));
   * }
   * }</pre>
   *
   * <p>Every call has to know the length of an epoch, see {@link Method#markedSteps}: it reads the
   * data once before, unless they are {@link org.meadefender.batch.KnownBatches}.
   *
   * @param epochsBefore epochs that earlier calls trained, at least 0
   * @param plannedEpochs of all calls together
   * @throws IllegalArgumentException if this call's epochs lead beyond the plan
   */
  public TrainingOptions withPlan(int epochsBefore, int plannedEpochs) {
    return new TrainingOptions(
        epochs,
        Optional.of(new TrainingPlan(epochsBefore, plannedEpochs)),
        method,
        checkpoints,
        evaluation,
        rehearsal,
        progress,
        cancel,
        acceleration);
  }

  /** The same with another way to teach the watermark. */
  public TrainingOptions withMethod(Method newMethod) {
    return new TrainingOptions(
        epochs,
        plan,
        Optional.of(newMethod),
        checkpoints,
        evaluation,
        rehearsal,
        progress,
        cancel,
        acceleration);
  }

  /**
   * The same with checkpoints. A training with the same options that was stopped, even by a kill,
   * goes on after its last whole epoch, and ends with the same bits as one that was not: the data
   * of the epochs behind it are read once more, so that a shuffling iterator comes to where it was.
   *
   * <p>Network, watermarks, key, method, epochs and data must be those of the training that was
   * stopped; the order of the data's rows is free. Data that are changed at random as they are read
   * need a fixed seed. The checkpoint of a training that came to its end gives its network back to
   * one that stands where that one began; nothing is trained then, and the log says so.
   *
   * @param directory of this training alone; created if it does not exist
   */
  public TrainingOptions withCheckpoints(Path directory) {
    return new TrainingOptions(
        epochs,
        plan,
        method,
        Optional.of(directory),
        evaluation,
        rehearsal,
        progress,
        cancel,
        acceleration);
  }

  /**
   * The same with an evaluation after every epoch.
   *
   * @param heldOut samples that are not trained on, of both source classes at least; labels {@code
   *     [n, classes]}; must be resettable
   */
  public TrainingOptions withEvaluation(DataSetIterator heldOut) {
    return new TrainingOptions(
        epochs,
        plan,
        method,
        checkpoints,
        Optional.of(heldOut),
        rehearsal,
        progress,
        cancel,
        acceleration);
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
        plan,
        method,
        checkpoints,
        Optional.of(heldOut),
        Optional.of(newRehearsal),
        progress,
        cancel,
        acceleration);
  }

  /** The same with another observer of the progress. */
  public TrainingOptions withProgress(Consumer<TrainingProgress> newProgress) {
    return new TrainingOptions(
        epochs,
        plan,
        method,
        checkpoints,
        evaluation,
        rehearsal,
        newProgress,
        cancel,
        acceleration);
  }

  /** The same with a way to cancel, beside the interruption of the thread, which always does. */
  public TrainingOptions withCancel(BooleanSupplier newCancel) {
    return new TrainingOptions(
        epochs,
        plan,
        method,
        checkpoints,
        evaluation,
        rehearsal,
        progress,
        newCancel,
        acceleration);
  }

  /** The same with or without oneDNN; without it, layers run as Deeplearning4j ships them. */
  public TrainingOptions withAcceleration(boolean newAcceleration) {
    return new TrainingOptions(
        epochs,
        plan,
        method,
        checkpoints,
        evaluation,
        rehearsal,
        progress,
        cancel,
        newAcceleration);
  }
}
