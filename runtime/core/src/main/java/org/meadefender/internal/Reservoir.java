package org.meadefender.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A bounded random selection of a stream: each that is offered is kept with the same chance
 * (reservoir sampling).
 *
 * @param <T> what is selected
 */
public final class Reservoir<T> {
  private final int capacity;
  private final RandomGenerator random;
  private final List<T> kept = new ArrayList<>();
  private long seen;

  /**
   * Nothing so far.
   *
   * @param capacity most that are kept
   * @param random which of them
   */
  public Reservoir(int capacity, RandomGenerator random) {
    this.capacity = capacity;
    this.random = random;
  }

  /** The next of the stream, made only if it is kept. */
  public void offer(Supplier<T> next) {
    seen++;
    if (kept.size() < capacity) {
      kept.add(next.get());
    } else {
      long place = random.nextLong(seen);
      if (place < capacity) {
        kept.set((int) place, next.get());
      }
    }
  }

  /** A new stream begins, whose members stand against what is kept as if those were its first. */
  public void restart() {
    seen = kept.size();
  }

  /** How many were offered, since the last {@link #restart} with what was kept then. */
  public long seen() {
    return seen;
  }

  /** What is kept. */
  public List<T> kept() {
    return Collections.unmodifiableList(kept);
  }
}
