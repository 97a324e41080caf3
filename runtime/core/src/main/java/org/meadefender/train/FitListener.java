package org.meadefender.train;

import java.util.Map;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Follows one call of {@code fit}, and may change how the mark is taught from the next epoch on;
 * see {@link TrainingOptions#withListener}.
 *
 * <p>Listeners are called in the order in which they were given. What they throw ends the training,
 * and is thrown to its caller. A listener that keeps values of its own over several epochs gives
 * them to {@link #state}, so that a training goes on after a crash as if there had been none.
 *
 * @since 0.1.0
 */
public interface FitListener {

  /**
   * What must be the same for an interrupted training to go on: the listener's settings, in words.
   * Empty, as here, for one that only looks on.
   */
  default String identity() {
    return "";
  }

  /** The training begins; nothing has been read or trained yet. */
  default void fitStarts(Context training) {}

  /** The task's data are about to be read from their start; not where they cannot be reset. */
  default void dataStart() {}

  /**
   * The next batch of the task's data, without the watermark's rows; not to be changed. Batches of
   * epochs that a resumed training need not train again are read too, so that what was drawn from
   * them is drawn again. Called by the thread that reads ahead, which has come to its end before
   * {@link #epochEnds}.
   */
  default void taskBatch(MultiDataSet batch) {}

  /** The data of an epoch have been read to their end, whether or not they were trained on. */
  default void dataEnd() {}

  /**
   * An epoch has been trained and evaluated, and is not saved yet; not called once the training was
   * cancelled. The network has its own loss, and its targets' biases are as the method's logit
   * adjustment would leave them; they are taken back afterwards.
   */
  default void epochEnds(Context training) {}

  /** What {@link #restore} needs after a crash; kept in the checkpoint of the epoch that ended. */
  default Map<String, String> state() {
    return Map.of();
  }

  /**
   * Brings the listener to where it was after the last saved epoch.
   *
   * @param state what {@link #state} said then
   */
  default void restore(Map<String, String> state, Context training) {}

  /** The training that a listener follows. */
  interface Context {

    /** The model; its network is the live one, not to be changed. */
    ProtectedModel<?> model();

    /** How the training was asked for. */
    TrainingOptions options();

    /** Epochs of this call that are over, from 0. */
    int epoch();

    /** Epochs at the start of this call that do not teach the mark at all, from 0. */
    int restingEpochs();

    /** How the mark is taught, in this epoch or, after it, in the next. */
    Method method();

    /** Teaches the mark in another way from the next epoch on. */
    void useMethod(Method method);

    /** Whether the training should end early, by the user's wish or an interrupt of its thread. */
    boolean isCancelled();

    /** Ends the training early; the epoch that is over is not saved then. */
    void stop();
  }
}
