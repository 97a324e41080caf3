package org.meadefender.train;

import java.util.Map;
import org.meadefender.internal.loss.LossStep;

/**
 * One thing that a training does beside its steps. Every epoch has the events in the order in which
 * they stand here, each told to all listeners in their order; epochs that a resumed training need
 * not train again have those of the data only.
 */
interface RunListener {

  /** The training begins. */
  default void fitStarts(TrainingRun run) {}

  /** An epoch's data are about to be read. */
  default void dataStart() {}

  /** An epoch is about to be trained. */
  default void epochStarts(TrainingRun run) {}

  /** The loss of a step is known; steps without the mark's label columns have none to tell of. */
  default void lossKnown(LossStep step) {}

  /**
   * A step is over.
   *
   * @param score the network's, with its regularisation
   */
  default void stepEnds(TrainingRun run, double score) {}

  /** An epoch's data have been read to their end. */
  default void dataEnd() {}

  /** An epoch's steps are over, and the network has its own loss: measure it, or prepare it. */
  default void epochTrained(TrainingRun run) {}

  /** An epoch has been measured: report, or steer. */
  default void epochEnds(TrainingRun run) {}

  /** Whatever became of the epoch's end: what was done for its measures is taken back. */
  default void epochCloses(TrainingRun run) {}

  /** The network is as the next epoch finds it; not where the training was stopped. */
  default void epochOver(TrainingRun run) {}

  /** The training is over, if nothing was thrown. */
  default void fitEnds(TrainingRun run) {}

  /** What {@link #restore} needs after a crash. */
  default Map<String, String> state() {
    return Map.of();
  }

  /** Brings the listener to where it was after the last saved epoch. */
  default void restore(Map<String, String> state, TrainingRun run) {}
}
