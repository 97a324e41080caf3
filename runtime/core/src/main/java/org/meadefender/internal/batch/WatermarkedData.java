package org.meadefender.internal.batch;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.meadefender.batch.KnownBatches;
import org.meadefender.batch.RowRecipe;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Task data with the rows of watermarks mixed in, as trainings steer them from epoch to epoch. */
public sealed interface WatermarkedData extends AutoCloseable
    permits WatermarkedDataSetIterator, WatermarkedMultiDataSetIterator {

  /**
   * Starts the choices of an epoch afresh. What is kept is only what the data of earlier epochs
   * left behind, as batches or by {@link #skipRest}: samples of the sources, for batches without
   * any, and a fraction of a row that is owed. Without this call the choices simply go on.
   *
   * @param epoch number of the epoch, from 0
   * @param restingBatches batches at its start that get no rows and no coupling, from 0
   * @param recipe of the epoch's rows
   */
  void startEpoch(int epoch, long restingBatches, RowRecipe recipe);

  /** The batches, whatever the form in which the task's data come. */
  Iterator<MultiDataSet> batches();

  /** Reads the rest of the task's data without making rows. */
  void skipRest();

  /**
   * Reads the task's data from the start to the end, and goes back, unless they are {@link
   * KnownBatches}.
   *
   * @param cancelled asked before every batch; the counting ends where it says true
   * @return the number of batches
   * @throws IllegalArgumentException if the first batch cannot be mixed
   */
  int countBatches(BooleanSupplier cancelled);

  /** Ends the stream early: from now on there is no next batch. */
  void stop();

  /** Whether {@link #stop} was called. */
  boolean isStopped();

  /** Whether {@link #reset} works. */
  boolean resetSupported();

  /** Goes back to the task's first batch. */
  void reset();

  /** Ends the thread that reads ahead, if there is one; what it had read is lost. */
  @Override
  void close();
}
