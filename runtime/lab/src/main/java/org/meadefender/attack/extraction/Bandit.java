package org.meadefender.attack.extraction;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The gradient bandit of adaptive knockoff nets: {@code π = softmax(H)}; a reward {@code r} of
 * action {@code a} changes {@code H_a} by {@code (r − r̄)(1 − π_a)/N_a} and every other {@code H_b}
 * by {@code −(r − r̄)π_b/N_a}.
 */
final class Bandit {
  private final double[] preferences;
  private final int[] counts;
  private double meanReward;
  private int rewards;

  Bandit(int actions) {
    preferences = new double[actions];
    counts = new int[actions];
    // As in ART: the first reward of an action counts as its second.
    Arrays.fill(counts, 1);
  }

  double[] probabilities() {
    double max = Arrays.stream(preferences).max().orElseThrow();
    double[] result = Arrays.stream(preferences).map(h -> Math.exp(h - max)).toArray();
    double sum = Arrays.stream(result).sum();
    return Arrays.stream(result).map(p -> p / sum).toArray();
  }

  /** Draws one of the actions that are open. */
  int draw(boolean[] open, RandomGenerator random) {
    double[] p = probabilities();
    double sum = 0;
    int last = -1;
    for (int a = 0; a < p.length; a++) {
      sum += open[a] ? p[a] : 0;
      last = open[a] ? a : last;
    }
    double left = random.nextDouble() * sum;
    for (int a = 0; a < p.length; a++) {
      left -= open[a] ? p[a] : 0;
      if (open[a] && left < 0) {
        return a;
      }
    }
    return last;
  }

  void reward(int action, double reward) {
    double[] p = probabilities();
    rewards++;
    meanReward += (reward - meanReward) / rewards;
    counts[action]++;
    double step = (reward - meanReward) / counts[action];
    for (int a = 0; a < p.length; a++) {
      preferences[a] += a == action ? step * (1 - p[a]) : -step * p[a];
    }
  }
}
