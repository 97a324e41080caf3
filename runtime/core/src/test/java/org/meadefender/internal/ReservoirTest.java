package org.meadefender.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  private static final int STREAM = 200;
  private static final int CAPACITY = 8;

  /** Verdicts rest on these selections: they stay what they are, number by number. */
  @Test
  void byIntsDrawsWhatIsDrawnByHand() {
    Reservoir<Integer> reservoir = Reservoir.byInts(CAPACITY, new SplittableRandom(1));
    List<Integer> twin = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < STREAM; i++) {
      int member = i;
      reservoir.offer(() -> member);
      int place = i < CAPACITY ? i : random.nextInt(i + 1);
      if (place < twin.size()) {
        twin.set(place, i);
      } else if (place < CAPACITY) {
        twin.add(i);
      }
    }
    assertThat(reservoir.kept()).isEqualTo(twin).isNotEqualTo(firstMembers());
  }

  private static List<Integer> firstMembers() {
    return List.of(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void eachMemberHasTheSameChance() {
    int[] kept = new int[STREAM];
    int rounds = 5_000;
    for (int round = 0; round < rounds; round++) {
      Reservoir<Integer> reservoir = new Reservoir<>(CAPACITY, new SplittableRandom(round));
      for (int i = 0; i < STREAM; i++) {
        int member = i;
        reservoir.offer(() -> member);
      }
      reservoir.kept().forEach(member -> kept[member]++);
    }
    // 200 of 5,000 expected; the standard deviation is 14.
    assertThat(Arrays.stream(kept).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(130, 270));
  }

  @Test
  void aMemberThatNeedsMoreRoomMakesNone() {
    Reservoir<String> reservoir = new Reservoir<>(4, new SplittableRandom(1));
    for (int i = 0; i < 50; i++) {
      reservoir.offer(() -> "large", 2);
    }
    assertThat(reservoir.kept()).containsExactly("large", "large");
    reservoir.offer(() -> "small");
    assertThat(reservoir.kept()).containsExactly("large", "large", "small");
    assertThat(reservoir.seen()).isEqualTo(51);
  }

  @Test
  void noRoomKeepsNothing() {
    Reservoir<String> reservoir = new Reservoir<>(0, new SplittableRandom(1));
    reservoir.offer(() -> "one");
    assertThat(reservoir.kept()).isEmpty();
  }
}
