package org.meadefender.train;

import java.util.function.BooleanSupplier;
import org.meadefender.internal.batch.WatermarkedData;

/**
 * Which batches of a training teach the mark: the last ones.
 *
 * @param epochs of the training, with those of its plan's other calls
 * @param markedSteps see {@link Method#markedSteps}
 * @param batchesPerEpoch as counted; 0 if not, and then all batches teach it
 */
record MarkSchedule(int epochs, int markedSteps, int batchesPerEpoch) {

  /**
   * Counts the batches of an epoch by reading the data once, unless the mark is taught throughout
   * anyway. Data of a single epoch are not read twice.
   *
   * @return 0 if they were not counted
   */
  static int countBatches(
      TrainingOptions options, WatermarkedData<?> data, BooleanSupplier cancel) {
    boolean throughout =
        options.method().filter(each -> each.markedSteps() == Integer.MAX_VALUE).isPresent();
    return options.plannedEpochs() == 1 || throughout ? 0 : data.countBatches(cancel);
  }

  /**
   * Batches at the start of an epoch that do not teach the mark.
   *
   * @param epoch from 0
   */
  long resting(int epoch) {
    long left = (long) (epochs - epoch) * batchesPerEpoch;
    return Math.max(0, Math.min(batchesPerEpoch, left - markedSteps));
  }

  /** Epochs that do not teach the mark at all. */
  int restingEpochs() {
    return batchesPerEpoch == 0 ? 0 : Math.max(0, epochs - 1 - (markedSteps - 1) / batchesPerEpoch);
  }
}
