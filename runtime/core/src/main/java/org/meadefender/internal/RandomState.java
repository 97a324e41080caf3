package org.meadefender.internal;

import java.util.function.Supplier;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Keeps ND4J's random numbers, from which dropout draws, for the training that goes on. */
public final class RandomState {
  private RandomState() {}

  /** Does something that may draw or reseed, and leaves the random numbers as they were. */
  public static <T> T kept(Supplier<T> work) {
    Random random = Nd4j.getRandom();
    long root = random.rootState();
    long node = random.nodeState();
    try {
      return work.get();
    } finally {
      random.setStates(root, node);
    }
  }
}
