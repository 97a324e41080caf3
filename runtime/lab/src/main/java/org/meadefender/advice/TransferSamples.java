package org.meadefender.advice;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.Reservoir;
import org.meadefender.internal.batch.LabelRows;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A bounded random selection of the samples that the first epoch shows, with their labels. */
final class TransferSamples {
  /** More than a small copy can ask about. */
  private static final int MOST_ROWS = 16_384;

  private static final long MOST_BYTES = 256L << 20;

  private final int limit;
  private final Supplier<RandomGenerator> stream;
  private @Nullable Reservoir<LabelledSamples> reservoir;
  private int largestBatch;
  private boolean closed;

  /**
   * An empty selection.
   *
   * @param stream starts the random numbers afresh
   */
  TransferSamples(Supplier<RandomGenerator> stream) {
    this(MOST_ROWS, stream);
  }

  /**
   * An empty selection of another size.
   *
   * @param limit most samples
   */
  TransferSamples(int limit, Supplier<RandomGenerator> stream) {
    this.limit = limit;
    this.stream = stream;
  }

  /** Forgets everything, as a pass starts again; not once {@link #close} was called. */
  void restart() {
    if (!closed) {
      reservoir = null;
      largestBatch = 0;
    }
  }

  /**
   * Each sample seen is kept with the same chance.
   *
   * @param batch features of one input, {@code [n, …]}, labels {@code [n, classes]}
   * @throws IllegalArgumentException if the samples have several inputs or masks, or differ in
   *     length, as a thief's questions do not
   */
  void offer(MultiDataSet batch) {
    if (closed) {
      return;
    }
    if (batch.numFeatureArrays() != 1) {
      throw new IllegalArgumentException(
          "The samples have "
              + batch.numFeatureArrays()
              + " inputs, but a thief asks through one; rehearsals and comparisons need samples of one");
    }
    INDArray features = batch.getFeatures(0);
    if (batch.getFeaturesMaskArray(0) != null) {
      throw new IllegalArgumentException(
          "The samples have masks, which a thief cannot send with them; rehearsals and comparisons need"
              + " samples without");
    }
    List<LabelledSamples> kept = kept();
    if (!kept.isEmpty() && !sameShape(kept.get(0), features)) {
      throw new IllegalArgumentException(
          "The samples have the shapes "
              + Arrays.toString(kept.get(0).sampleShape())
              + " and, with their number before, "
              + Arrays.toString(features.shape())
              + "; rehearsals and comparisons need samples of one shape");
    }
    LabelRows labels = LabelRows.of(batch.getLabels(0), batch.getLabelsMaskArray(0));
    int rows = labels.size();
    largestBatch = Math.max(largestBatch, rows);
    if (reservoir == null) {
      long bytes = features.length() / rows * Float.BYTES;
      reservoir =
          new Reservoir<>((int) Math.max(1, Math.min(limit, MOST_BYTES / bytes)), stream.get());
    }
    LabelledSamples all = null;
    for (int row = 0; row < rows; row++) {
      if (labels.classOf(row) != LabelRows.NOBODY) {
        LabelledSamples batchRows =
            all == null ? LabelledSamples.of(features, batch.getLabels(0)) : all;
        all = batchRows;
        int place = row;
        reservoir.offer(() -> batchRows.select(new int[] {place}));
      }
    }
  }

  private List<LabelledSamples> kept() {
    return reservoir == null ? List.of() : reservoir.kept();
  }

  private static boolean sameShape(LabelledSamples sample, INDArray features) {
    long[] shape = features.shape();
    return Arrays.equals(sample.sampleShape(), Arrays.copyOfRange(shape, 1, shape.length));
  }

  /** Keeps the selection as it is: after the first epoch, in a training that goes on too. */
  void close() {
    closed = true;
  }

  /** Number of samples seen. */
  long seen() {
    return reservoir == null ? 0 : reservoir.seen();
  }

  /** Number of samples kept. */
  int size() {
    return kept().size();
  }

  /** Rows of the largest batch. */
  int largestBatch() {
    return largestBatch;
  }

  /** Some of the samples, in a random order. */
  LabelledSamples draw(int rows, long seed) {
    return LabelledSamples.join(kept()).shuffled(seed).take(rows);
  }
}
