package org.meadefender.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A bounded random selection of the samples of one class that the stream has shown so far, for
 * batches without a sample of that class. It outlives epochs: data that are sorted by class show
 * the sources in few batches.
 */
final class SourcePool {
  private final int capacity;
  private final RandomGenerator choices;
  private final List<Sample> samples = new ArrayList<>();
  private long seen;

  /**
   * An empty pool.
   *
   * @param choices which samples are kept
   */
  SourcePool(int capacity, RandomGenerator choices) {
    this.capacity = capacity;
    this.choices = choices;
  }

  /** Makes room for the samples of another epoch. */
  void startEpoch() {
    seen = samples.size();
  }

  /** Reservoir sampling: each sample seen in an epoch is kept with the same chance. */
  void offer(Supplier<Sample> sample) {
    seen++;
    if (samples.size() < capacity) {
      samples.add(sample.get());
    } else {
      long place = choices.nextLong(seen);
      if (place < capacity) {
        samples.set((int) place, sample.get());
      }
    }
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  int size() {
    return samples.size();
  }

  Sample draw(RandomGenerator random) {
    return samples.get(random.nextInt(samples.size()));
  }
}
