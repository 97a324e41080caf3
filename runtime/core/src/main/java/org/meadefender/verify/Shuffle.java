package org.meadefender.verify;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts a list into a random order; {@link Collections#shuffle} knows no RandomGenerator in 17. */
final class Shuffle {
  private Shuffle() {}

  static void shuffle(List<?> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
