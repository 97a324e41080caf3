package org.meadefender.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A bounded random selection of the samples of one class that the stream has shown so far, for
 * batches without a sample of that class.
 */
final class SourcePool {
  private final int capacity;
  private final List<Sample> samples = new ArrayList<>();
  private long seen;

  SourcePool(int capacity) {
    this.capacity = capacity;
  }

  /** Reservoir sampling: each sample seen is kept with the same chance. */
  void offer(Supplier<Sample> sample, RandomGenerator random) {
    seen++;
    if (samples.size() < capacity) {
      samples.add(sample.get());
    } else {
      long place = random.nextLong(seen);
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
