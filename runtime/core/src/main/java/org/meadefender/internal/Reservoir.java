package org.meadefender.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
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
  private final LongUnaryOperator below;
  private final List<T> kept = new ArrayList<>();
  private long seen;

  /**
   * Nothing so far.
   *
   * @param capacity most that are kept
   * @param random which of them
   */
  public Reservoir(int capacity, RandomGenerator random) {
    this(capacity, bound -> random.nextLong(bound));
  }

  private Reservoir(int capacity, LongUnaryOperator below) {
    this.capacity = capacity;
    this.below = below;
  }

  /**
   * The same by numbers of 32 bits: other members of the same stream. For selections that verdicts
   * and keys rest on, which must stay what they are.
   */
  public static <T> Reservoir<T> byInts(int capacity, RandomGenerator random) {
    return new Reservoir<>(capacity, bound -> random.nextInt((int) bound));
  }

  /** The next of the stream, made only if it is kept. */
  public void offer(Supplier<T> next) {
    offer(next, capacity);
  }

  /**
   * The same where how many can be kept is known only with the member.
   *
   * @param most that are kept, itself included; more are not taken out
   */
  public void offer(Supplier<T> next, int most) {
    seen++;
    if (kept.size() < Math.min(most, capacity)) {
      kept.add(next.get());
    } else {
      long place = below.applyAsLong(seen);
      if (place < kept.size()) {
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
