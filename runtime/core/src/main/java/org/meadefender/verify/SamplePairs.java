package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Distinct pairs of two classes' samples, drawn so that samples are shared as little as possible:
 * the first pairs have no sample in common until the rarer class is used up, and so on.
 *
 * @param pairs indices into the samples of A and of B
 * @param sizeA number of samples of A
 * @param sizeB number of samples of B
 */
record SamplePairs(List<Pair> pairs, int sizeA, int sizeB) {

  /** Index of a sample of A and of one of B. */
  record Pair(int a, int b) {}

  static SamplePairs draw(int sizeA, int sizeB, int most, RandomGenerator random) {
    int rows = (int) Math.min(most, (long) sizeA * sizeB);
    List<Integer> orderA = order(sizeA, random);
    List<Integer> orderB = order(sizeB, random);
    boolean rareA = sizeA <= sizeB;
    int rare = Math.min(sizeA, sizeB);
    int common = Math.max(sizeA, sizeB);
    int step = coprimeFrom(rare, common);
    List<Pair> pairs = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      int round = i / rare;
      int inRound = i % rare;
      // Each round turns the commoner class on by a step that meets every place once.
      int partner = (int) ((inRound + (long) round * step) % common);
      pairs.add(
          rareA
              ? new Pair(orderA.get(inRound), orderB.get(partner))
              : new Pair(orderA.get(partner), orderB.get(inRound)));
    }
    return new SamplePairs(pairs, sizeA, sizeB);
  }

  /** Distinct samples of the rarer source among the first pairs: what counts as independent. */
  int effectiveSize(int firstPairs) {
    return Math.min(firstPairs, Math.min(sizeA, sizeB));
  }

  private static List<Integer> order(int size, RandomGenerator random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Shuffle.shuffle(order, random);
    return order;
  }

  private static int coprimeFrom(int start, int modulus) {
    for (int step = start; ; step++) {
      if (gcd(step, modulus) == 1) {
        return step;
      }
    }
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
