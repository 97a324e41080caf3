package org.meadefender.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * How to train; immutable.
 *
 * <pre>{@code
 * TrainingOptions options =
 *     TrainingOptions.epochs(30)
 *         .withCheckpoints(Path.of("checkpoints"))
 *         .withEvaluation(heldOut)
 *         .withProgress(System.out::println);
 * TrainingReport report = model.fit(data, options);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class TrainingOptions {
  private final int epochs;
  private Optional<TrainingPlan> plan = Optional.empty();
  private Optional<Method> method = Optional.empty();
  private Optional<Path> checkpoints = Optional.empty();
  private Optional<DataSetIterator> evaluation = Optional.empty();
  private List<FitListener> listeners = List.of();
  private Consumer<TrainingProgress> progress = TrainingLog::epochEnds;
  private BooleanSupplier cancel = () -> false;
  private boolean acceleration = true;

  private TrainingOptions(int epochs) {
    this.epochs = epochs;
  }

  /** A copy, to be changed before anybody sees it. */
  private TrainingOptions(TrainingOptions other) {
    this.epochs = other.epochs;
    this.plan = other.plan;
    this.method = other.method;
    this.checkpoints = other.checkpoints;
    this.evaluation = other.evaluation;
    this.listeners = other.listeners;
    this.progress = other.progress;
    this.cancel = other.cancel;
    this.acceleration = other.acceleration;
  }

  /**
   * The method that suits the length, progress to the log (one line per epoch), no cancelling.
   *
   * @param epochs passes over the data, at least 1
   * @throws IllegalArgumentException if {@code epochs} is below 1
   */
  public static TrainingOptions epochs(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    return new TrainingOptions(epochs);
  }

  /** Passes over the data, at least 1. */
  public int epochs() {
    return epochs;
  }

  /** The longer training of which these epochs are a part; empty for a training of its own. */
  Optional<TrainingPlan> plan() {
    return plan;
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
   * How the watermark is taught; empty for what measured best for the training's length, which is
   * {@link Method#LONG_TRAINING} or {@link Method#DEFAULT}.
   */
  public Optional<Method> method() {
    return method;
  }

  /**
   * Directory where the state is saved after every epoch, and from which an interrupted training
   * goes on; empty for none.
   */
  public Optional<Path> checkpoints() {
    return checkpoints;
  }

  /** Held-out samples for accuracy and WSR after every epoch; empty for none. */
  public Optional<DataSetIterator> evaluation() {
    return evaluation;
  }

  /** Who follows the training. */
  public List<FitListener> listeners() {
    return listeners;
  }

  /** Told about the training after every batch. */
  public Consumer<TrainingProgress> progress() {
    return progress;
  }

  /** Asked after every batch; the training ends early where it says true. */
  public BooleanSupplier cancel() {
    return cancel;
  }

  /** Whether layers run on oneDNN where the platform has it. */
  public boolean acceleration() {
    return acceleration;
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
    int left = plannedEpochs - epochsBefore;
    TrainingPlan newPlan = new TrainingPlan(epochsBefore, plannedEpochs);
    if (epochs > left) {
      throw new IllegalArgumentException(
          "epochs is "
              + epochs
              + "; the plan has "
              + left
              + " left: train so many, or make the plan longer");
    }
    TrainingOptions copy = new TrainingOptions(this);
    copy.plan = Optional.of(newPlan);
    return copy;
  }

  /** The same with another way to teach the watermark. */
  public TrainingOptions withMethod(Method newMethod) {
    TrainingOptions copy = new TrainingOptions(this);
    copy.method = Optional.of(newMethod);
    return copy;
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
    TrainingOptions copy = new TrainingOptions(this);
    copy.checkpoints = Optional.of(directory);
    return copy;
  }

  /**
   * The same with an evaluation after every epoch.
   *
   * @param heldOut samples that are not trained on, of both source classes at least; labels {@code
   *     [n, classes]}; must be resettable
   */
  public TrainingOptions withEvaluation(DataSetIterator heldOut) {
    TrainingOptions copy = new TrainingOptions(this);
    copy.evaluation = Optional.of(heldOut);
    return copy;
  }

  /** The same with one more listener, as the lab's {@code RehearsalListener}. */
  public TrainingOptions withListener(FitListener listener) {
    TrainingOptions copy = new TrainingOptions(this);
    copy.listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
    return copy;
  }

  /** The same with another observer of the progress. */
  public TrainingOptions withProgress(Consumer<TrainingProgress> newProgress) {
    TrainingOptions copy = new TrainingOptions(this);
    copy.progress = newProgress;
    return copy;
  }

  /** The same with a way to cancel, beside the interruption of the thread, which always does. */
  public TrainingOptions withCancel(BooleanSupplier newCancel) {
    TrainingOptions copy = new TrainingOptions(this);
    copy.cancel = newCancel;
    return copy;
  }

  /** The same with or without oneDNN; without it, layers run as Deeplearning4j ships them. */
  public TrainingOptions withAcceleration(boolean newAcceleration) {
    TrainingOptions copy = new TrainingOptions(this);
    copy.acceleration = newAcceleration;
    return copy;
  }
}
