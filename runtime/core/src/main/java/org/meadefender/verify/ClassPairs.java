package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.meadefender.spec.WatermarkSpec;

/** Which other class pairs decoys are made of. */
final class ClassPairs {
  /** All pairs of ten classes; more of many classes tell little more. */
  static final int MOST = 45;

  /** Of these, pairs with one of the mark's sources, as many as ten classes have. */
  static final int MOST_NEAR = 16;

  private ClassPairs() {}

  /**
   * Two classes in a keyed order.
   *
   * @param first class whose sample takes A's part
   * @param second class whose sample takes B's part
   */
  record ClassPair(int first, int second) {
    boolean has(int label) {
      return first == label || second == label;
    }

    /** Whether it has one of the sources, and a mark's target could be answered to it. */
    boolean isNear(int sourceA, int sourceB, int target) {
      return (has(sourceA) || has(sourceB)) && !has(target);
    }

    /** The pair in the order in which a source of the mark, if it has one, takes its own part. */
    ClassPair arrangedFor(WatermarkSpec mark) {
      return first == mark.sourceB() || second == mark.sourceA()
          ? new ClassPair(/* first= */ second, /* second= */ first)
          : this;
    }
  }

  /**
   * Pairs of classes with samples, without the mark's own pair, in random order. Near ones come
   * first: of many classes they would hardly be drawn, and they show most of what a mark spills to.
   */
  static List<ClassPair> draw(
      HeldOutSamples samples, int sourceA, int sourceB, int target, RandomGenerator random) {
    int[] present = samples.presentClasses();
    List<ClassPair> near = new ArrayList<>();
    List<ClassPair> others = new ArrayList<>();
    for (int i = 0; i < present.length; i++) {
      for (int j : Arrays.copyOfRange(present, i + 1, present.length)) {
        ClassPair pair =
            random.nextBoolean() ? new ClassPair(present[i], j) : new ClassPair(j, present[i]);
        if (!(pair.has(sourceA) && pair.has(sourceB))) {
          (pair.isNear(sourceA, sourceB, target) ? near : others).add(pair);
        }
      }
    }
    Shuffle.shuffle(near, random);
    Shuffle.shuffle(others, random);
    List<ClassPair> pairs = new ArrayList<>(near.subList(0, Math.min(MOST_NEAR, near.size())));
    pairs.addAll(others.subList(0, Math.min(MOST - pairs.size(), others.size())));
    return List.copyOf(pairs);
  }
}
