package org.meadefender.internal.batch;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.meadefender.internal.Reservoir;

/**
 * A bounded random selection of the samples of one class that the stream has shown so far, for
 * batches without a sample of that class. It outlives epochs: data that are sorted by class show
 * the sources in few batches.
 */
final class SourcePool {
  private final Reservoir<Sample> samples;

  /**
   * An empty pool.
   *
   * @param choices which samples are kept
   */
  SourcePool(int capacity, RandomGenerator choices) {
    this.samples = new Reservoir<>(capacity, choices);
  }

  /** Makes room for the samples of another epoch. */
  void startEpoch() {
    samples.restart();
  }

  /** Each sample seen in an epoch is kept with the same chance. */
  void offer(Supplier<Sample> sample) {
    samples.offer(sample);
  }

  boolean isEmpty() {
    return samples.kept().isEmpty();
  }

  int size() {
    return samples.kept().size();
  }

  Sample draw(RandomGenerator random) {
    return samples.kept().get(random.nextInt(size()));
  }
}
