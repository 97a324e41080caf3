package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.meadefender.verify.ClassPairs.ClassPair;

class ClassPairsTest {
  private static final int A = 2;
  private static final int B = 7;
  private static final int TARGET = 4;

  private static List<ClassPair> pairs(int classes) {
    HeldOutSamples samples =
        HeldOutSamples.collect(
            new FlatWorld(classes).heldOut(3),
            n -> new HeldOutSamples.Needed(Set.of(A, B), Set.of(TARGET)),
            10,
            /* withPanel= */ false,
            new SplittableRandom(1));
    return ClassPairs.draw(samples, A, B, TARGET, new SplittableRandom(3));
  }

  private static long near(List<ClassPair> pairs) {
    return pairs.stream().filter(pair -> pair.isNear(A, B, TARGET)).count();
  }

  @Test
  void tenClassesGiveAllOtherPairs() {
    List<ClassPair> pairs = pairs(10);

    assertThat(pairs).hasSize(44);
    assertThat(new HashSet<>(pairs)).hasSize(44);
    assertThat(pairs).noneMatch(pair -> pair.has(A) && pair.has(B));
    assertThat(near(pairs)).isEqualTo(14);
  }

  /** By chance alone two of 45 would have a source. */
  @Test
  void ofManyClassesEnoughPairsHaveASource() {
    List<ClassPair> pairs = pairs(60);

    assertThat(pairs).hasSize(ClassPairs.MOST);
    assertThat(new HashSet<>(pairs)).hasSize(ClassPairs.MOST);
    assertThat(near(pairs)).isEqualTo(ClassPairs.MOST_NEAR);
    assertThat(pairs.subList(0, ClassPairs.MOST_NEAR)).anyMatch(pair -> pair.has(A));
    assertThat(pairs.subList(0, ClassPairs.MOST_NEAR)).anyMatch(pair -> pair.has(B));
  }

  /** A source with the target is no neighbour: the target is natural there. */
  @Test
  void aPairWithTheTargetIsNotNear() {
    assertThat(new ClassPair(A, TARGET).isNear(A, B, TARGET)).isFalse();
    assertThat(new ClassPair(1, B).isNear(A, B, TARGET)).isTrue();
    assertThat(new ClassPair(1, 3).isNear(A, B, TARGET)).isFalse();
  }
}
