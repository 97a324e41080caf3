package org.meadefender.internal.batch;

import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meadefender.batch.KnownBatches;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Task data with the rows of watermarks mixed in, as trainings steer them from epoch to epoch.
 *
 * @param <T> form of the batches
 */
public abstract sealed class WatermarkedData<T> implements Iterator<T>, AutoCloseable
    permits WatermarkedDataSetIterator, WatermarkedMultiDataSetIterator {
  private final Iterator<T> task;
  private final RowMixer mixer;
  private final TaskBatchListener listener;
  private final ReadAhead<T> ahead;
  private volatile boolean stopped;

  /**
   * Adds rows to the batches of an iterator.
   *
   * @param features of a batch
   */
  WatermarkedData(
      Iterator<T> task,
      List<Watermark> watermarks,
      TaskBatchListener listener,
      RowRecipe recipe,
      Function<T, INDArray[]> features) {
    this.task = task;
    this.listener = listener;
    this.mixer = new RowMixer(watermarks, recipe);
    this.ahead =
        new ReadAhead<>(
            this::taskHasNext,
            () -> mix(task.next()),
            batch -> ReadAhead.bytes(features.apply(batch)));
  }

  /** A batch in the form in which rows are mixed. */
  abstract MultiDataSet rows(T batch);

  /** Place of the input that carries the mark. */
  abstract int marked(MultiDataSet rows);

  /**
   * A mixed batch in its own form.
   *
   * @param batch that was mixed
   */
  abstract T withRows(T batch, MultiDataSet mixed);

  /** Whether the task's data may be read by another thread. */
  abstract boolean readsAhead();

  /** Takes the task's data back to their first batch. */
  abstract void resetTask();

  /**
   * Starts the choices of an epoch afresh. What is kept is only what the data of earlier epochs
   * left behind, as batches or by {@link #skipRest}: samples of the sources, for batches without
   * any, and a fraction of a row that is owed. Without this call the choices simply go on.
   *
   * @param epoch number of the epoch, from 0
   * @param restingBatches batches at its start that get no rows and no coupling, from 0
   * @param recipe of the epoch's rows
   */
  public final void startEpoch(int epoch, long restingBatches, RowRecipe recipe) {
    mixer.startEpoch(epoch, restingBatches, recipe);
  }

  /** The batches, whatever the form in which the task's data come. */
  public final Iterator<MultiDataSet> batches() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return WatermarkedData.this.hasNext();
      }

      @Override
      public MultiDataSet next() {
        return rows(WatermarkedData.this.next());
      }
    };
  }

  /** Reads the rest of the task's data without making rows. */
  public final void skipRest() {
    task.forEachRemaining(
        batch -> {
          MultiDataSet rows = rows(batch);
          listener.offer(rows);
          mixer.skip(rows, marked(rows));
        });
  }

  /**
   * Reads the task's data from the start to the end, and goes back, unless they are {@link
   * KnownBatches}.
   *
   * @param cancelled asked before every batch; the counting ends where it says true
   * @return the number of batches
   * @throws IllegalArgumentException if the first batch cannot be mixed
   */
  public final int countBatches(BooleanSupplier cancelled) {
    return BatchCount.of(
        task,
        this::reset,
        batch -> {
          MultiDataSet rows = rows(batch);
          mixer.check(rows, marked(rows));
        },
        cancelled);
  }

  /** Ends the stream early: from now on there is no next batch. */
  public final void stop() {
    stopped = true;
  }

  /** Whether {@link #stop} was called. */
  public final boolean isStopped() {
    return stopped;
  }

  @Override
  public final T next() {
    return readsAhead() ? ahead.next() : mix(task.next());
  }

  /** What was read ahead, if anything; else a batch that is read otherwise. */
  final T aheadOr(Supplier<T> read) {
    return ahead.isAhead() ? ahead.next() : mix(read.get());
  }

  private T mix(T batch) {
    MultiDataSet rows = rows(batch);
    listener.offer(rows);
    return withRows(batch, mixer.mix(rows, marked(rows)));
  }

  @Override
  public final boolean hasNext() {
    return !stopped && (readsAhead() ? ahead.hasNext() : taskHasNext());
  }

  private boolean taskHasNext() {
    boolean more = task.hasNext();
    if (!more) {
      mixer.requireMarked();
    }
    return more;
  }

  /** Whether {@link #reset} works. */
  public abstract boolean resetSupported();

  /** Goes back to the task's first batch. */
  public final void reset() {
    ahead.close();
    listener.restart();
    mixer.restart();
    resetTask();
  }

  /** No: it reads ahead itself, and tells the caller what goes wrong. */
  public final boolean asyncSupported() {
    return false;
  }

  /** Ends the thread that reads ahead, if there is one; what it had read is lost. */
  @Override
  public final void close() {
    ahead.close();
  }
}
