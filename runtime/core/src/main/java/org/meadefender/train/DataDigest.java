package org.meadefender.train;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.KnownBatches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Tells one epoch's data from another's, whatever the order of the rows: their number, size and
 * batches, and the sum of all rows' hashes.
 */
final class DataDigest {
  private static final long PRIME = 0x100000001B3L;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long rows;
  private long sum;
  private long largestBatch;
  private long valuesPerRow;
  private boolean closed;

  /**
   * Data that are added to this digest as they are read.
   *
   * @param type of the iterator
   */
  <I extends Iterator<?>> I watch(Class<I> type, I data) {
    List<Class<?>> types = new ArrayList<>(List.of(type));
    if (data instanceof KnownBatches) {
      types.add(KnownBatches.class);
    }
    return type.cast(
        Proxy.newProxyInstance(
            DataDigest.class.getClassLoader(),
            types.toArray(Class<?>[]::new),
            (proxy, method, arguments) -> {
              if (method.getName().equals("forEachRemaining")) {
                @SuppressWarnings("unchecked")
                Consumer<Object> action = (Consumer<Object>) arguments[0];
                while (data.hasNext()) {
                  action.accept(seen(data.next()));
                }
                return null;
              }
              Object result = invoke(method, data, arguments);
              return method.getName().equals("next") ? seen(result) : result;
            }));
  }

  private static @Nullable Object invoke(
      java.lang.reflect.Method method, Object data, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(data, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private @Nullable Object seen(@Nullable Object batch) {
    if (batch instanceof DataSet single) {
      add(new INDArray[] {single.getFeatures(), single.getLabels()});
    } else if (batch instanceof MultiDataSet several) {
      List<INDArray> all = new ArrayList<>(List.of(several.getFeatures()));
      all.addAll(List.of(several.getLabels()));
      add(all.toArray(INDArray[]::new));
    }
    return batch;
  }

  /** Starts afresh, as an epoch does. */
  synchronized void restart() {
    if (!closed) {
      rows = 0;
      sum = 0;
      largestBatch = 0;
      valuesPerRow = 0;
    }
  }

  /** Keeps what it has: after the first epoch. */
  synchronized void close() {
    closed = true;
  }

  private synchronized void add(INDArray[] arrays) {
    if (closed || Arrays.stream(arrays).anyMatch(each -> each == null || each.rank() == 0)) {
      return;
    }
    int batch = (int) arrays[0].size(0);
    long[] hashes = new long[batch];
    long values = 0;
    for (INDArray array : arrays) {
      float[] all = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
      int width = all.length / Math.max(1, batch);
      values += width;
      for (int row = 0; row < batch && array.size(0) == batch; row++) {
        long hash = hashes[row];
        for (int i = row * width; i < (row + 1) * width; i++) {
          hash = (hash ^ Float.floatToIntBits(all[i])) * PRIME;
        }
        hashes[row] = hash;
      }
    }
    for (long hash : hashes) {
      sum += (hash ^ hash >>> Integer.SIZE) * SPREAD;
    }
    rows += batch;
    largestBatch = Math.max(largestBatch, batch);
    valuesPerRow = Math.max(valuesPerRow, values);
  }

  /** The identity of a training with the data that were seen. */
  synchronized TrainingIdentity in(TrainingIdentity identity) {
    return identity
        .with("batch size", largestBatch)
        .with("rows per epoch", rows)
        .with("values per row", valuesPerRow)
        .with("data", Long.toHexString(sum));
  }
}
