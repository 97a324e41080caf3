package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.SampleShape;

class SourcePoolTest {
  private static Sample sample(int number) {
    SampleValues values =
        new SampleValues(new float[] {number}, new SampleShape(1, 1, 1, 1), /* sequence= */ false);
    return new Sample(List.of(new Sample.Part(values, new float[0])), new float[0]);
  }

  @Test
  void neverHoldsMoreThanItsCapacityAndKeepsEachWithTheSameChance() {
    Map<Integer, Integer> kept = new HashMap<>();
    Random random = new Random(1);
    int rounds = 3_000;
    for (int round = 0; round < rounds; round++) {
      SourcePool pool = new SourcePool(4, random);
      for (int i = 0; i < 12; i++) {
        int number = i;
        pool.offer(() -> sample(number));
        assertThat(pool.size()).isLessThanOrEqualTo(4);
      }
      kept.merge((int) pool.draw(random).inputs().get(0).sample().values()[0], 1, Integer::sum);
    }
    // 250 expected for each, standard deviation 15.
    assertThat(kept).hasSize(12);
    assertThat(kept.values()).allSatisfy(count -> assertThat(count).isBetween(170, 330));
  }
}
