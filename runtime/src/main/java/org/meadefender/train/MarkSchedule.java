package org.meadefender.train;

/**
 * Which batches of a training teach the mark: those of the first epoch, as long as it is not known
 * how many there are, and the last ones.
 *
 * @param epochs of the training
 * @param markedSteps see {@link Method#markedSteps}
 */
record MarkSchedule(int epochs, int markedSteps) {

  /**
   * Batches at the start of an epoch that do not teach the mark.
   *
   * @param epoch from 0
   * @param batchesPerEpoch as far as known, 0 if not
   * @return from 0 to {@code batchesPerEpoch}
   */
  long resting(int epoch, long batchesPerEpoch) {
    long left = (long) (epochs - epoch) * batchesPerEpoch;
    return Math.max(0, Math.min(batchesPerEpoch, left - markedSteps));
  }

  /**
   * Epochs before the last teaching of the mark begins: those that rest from start to end, and all
   * before them.
   *
   * @param batchesPerEpoch at least 1
   */
  int epochsBefore(long batchesPerEpoch) {
    return (int) Math.max(0, epochs - 1 - (markedSteps - 1) / batchesPerEpoch);
  }
}
