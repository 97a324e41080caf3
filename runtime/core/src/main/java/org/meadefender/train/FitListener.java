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
  default void fitStarts(FitContext training) {}

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
  default void epochEnds(FitContext training) {}

  /** What {@link #restore} needs after a crash; kept in the checkpoint of the epoch that ended. */
  default Map<String, String> state() {
    return Map.of();
  }

  /**
   * Brings the listener to where it was after the last saved epoch.
   *
   * @param state what {@link #state} said then
   */
  default void restore(Map<String, String> state, FitContext training) {}
}
