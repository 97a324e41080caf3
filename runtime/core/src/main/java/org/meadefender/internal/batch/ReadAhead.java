package org.meadefender.internal.batch;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads the next batches on a thread of its own while the caller works on the last one. Whatever is
 * thrown there is thrown again where the batch is asked for: Deeplearning4j's own prefetching lets
 * the caller wait for ever instead.
 *
 * <p>The thread ends with the data, at a failure, and when reading is given up; a second after the
 * last batch was read it ends by itself.
 *
 * @param <T> what a batch is
 */
public final class ReadAhead<T> implements AutoCloseable {
  /** Name of the thread. */
  public static final String THREAD = "mea-defender-read-ahead";

  /** As many as Deeplearning4j reads ahead. */
  private static final int BATCHES = 2;

  /**
   * Arrays outside the heap are freed when their small handles are collected, which nothing else
   * would bring about for long. After so many bytes of batches a collection is asked for; training
   * on them takes far longer.
   */
  private static final long COLLECTED_BYTES = 128L << 20;

  private final BooleanSupplier more;
  private final Supplier<T> next;
  private final ToLongFunction<T> size;
  private final Deque<Future<@Nullable T>> waiting = new ArrayDeque<>();
  private @Nullable ThreadPoolExecutor reader;
  private volatile @Nullable Thread last;
  private long bytes;

  /**
   * Reads nothing yet.
   *
   * @param more whether there is a next batch
   * @param next reads it
   * @param size bytes of a batch
   */
  public ReadAhead(BooleanSupplier more, Supplier<T> next, ToLongFunction<T> size) {
    this.more = more;
    this.next = next;
    this.size = size;
  }

  /** Bytes of a batch's features. */
  public static long bytes(INDArray... features) {
    return Arrays.stream(features).mapToLong(each -> each.length() * each.dataType().width()).sum();
  }

  /** Whether there is a next batch; waits for it. */
  public boolean hasNext() {
    fill();
    return await(waiting.getFirst()) != null;
  }

  /** The next batch. */
  public T next() {
    fill();
    T batch = await(waiting.getFirst());
    if (batch == null) {
      throw new NoSuchElementException("There is no further batch; reset the iterator first");
    }
    waiting.removeFirst();
    fill();
    return batch;
  }

  /** Whether batches were read that nobody has asked for yet. */
  public boolean isAhead() {
    return !waiting.isEmpty();
  }

  private void fill() {
    ThreadPoolExecutor thread = reader;
    if (thread == null) {
      thread = newReader();
      reader = thread;
    }
    while (waiting.size() < BATCHES) {
      waiting.addLast(thread.submit(() -> more.getAsBoolean() ? read() : null));
    }
  }

  private T read() {
    T batch = next.get();
    bytes += size.applyAsLong(batch);
    if (bytes > COLLECTED_BYTES) {
      bytes = 0;
      System.gc();
    }
    return batch;
  }

  private ThreadPoolExecutor newReader() {
    int device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
    ThreadPoolExecutor reader =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work ->
                newThread(
                    () -> {
                      Nd4j.getAffinityManager().unsafeSetDevice(device);
                      work.run();
                    }));
    reader.allowCoreThreadTimeOut(true);
    return reader;
  }

  private Thread newThread(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    last = thread;
    return thread;
  }

  /** Interrupts are for the caller to act on, between two batches. */
  private @Nullable T await(Future<@Nullable T> batch) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          T result = batch.get();
          if (result == null) {
            close();
          }
          return result;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      close();
      throw rethrown(failure.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("The data could not be read", cause);
  }

  /** Forgets what was read ahead, and waits until nobody reads any more. */
  @Override
  public void close() {
    waiting.forEach(each -> each.cancel(false));
    endThread();
    waiting.clear();
  }

  private void endThread() {
    if (reader != null) {
      reader.shutdown();
      reader = null;
    }
    Thread ending = last;
    boolean interrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    last = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
