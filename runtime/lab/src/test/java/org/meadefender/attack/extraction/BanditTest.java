package org.meadefender.attack.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BanditTest {
  @Test
  void prefersWhatIsRewarded() {
    Bandit bandit = new Bandit(4);
    Random random = new Random(2);
    boolean[] open = {true, true, true, true};
    for (int i = 0; i < 400; i++) {
      int action = bandit.draw(open, random);
      bandit.reward(action, action == 2 ? 1 : 0);
    }
    double[] p = bandit.probabilities();
    assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    assertThat(p[2]).isGreaterThan(2.0 / 4);
  }

  @Test
  void drawsOpenActionsOnly() {
    Bandit bandit = new Bandit(3);
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      assertThat(bandit.draw(new boolean[] {false, true, false}, random)).isEqualTo(1);
    }
  }

  /** By hand: r̄ becomes 1 after the first reward, so nothing moves; the second one is 0. */
  @Test
  void followsTheFormula() {
    Bandit bandit = new Bandit(2);
    bandit.reward(0, 1);
    assertThat(bandit.probabilities()).containsExactly(0.5, 0.5);
    bandit.reward(1, 0);
    double step = (0 - 0.5) / 2;
    double h0 = -step * 0.5;
    double h1 = step * 0.5;
    double p1 = Math.exp(h1) / (Math.exp(h0) + Math.exp(h1));
    assertThat(bandit.probabilities()[1]).isCloseTo(p1, within(1e-12));
  }

  @Test
  void rewardsSurprise() {
    KnockoffReward reward = new KnockoffReward();
    float[] certain = {0.98f, 0.01f, 0.01f};
    float[] wrong = {0.01f, 0.98f, 0.01f};
    for (int i = 0; i < 50; i++) {
      reward.of(certain, certain);
    }
    assertThat(reward.of(certain, wrong)).isGreaterThan(reward.of(certain, certain) + 1);
  }
}
