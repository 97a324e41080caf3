package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;

/**
 * How other keys would combine the same pairs.
 *
 * @param combiners one per decoy key
 * @param different for each of them, whether it differs enough from the secret one to be a decoy:
 *     if it does not, its answers say nothing about chance
 */
record DecoyKeys(List<Combiner> combiners, List<Boolean> different) {
  private static final int KEYS = 32;

  /**
   * Least mean difference of the shares of A, cell by cell. Cuts in the same direction and order
   * differ by up to 0.25, all merges by up to 0.2; other directions or orders differ by 0.5 and
   * more.
   */
  private static final double DIFFERENT = 0.3;

  static DecoyKeys draw(Watermark mark, SampleShape shape, int classes) {
    RandomGenerator random = mark.random("verify/decoy-keys");
    float[] secret = mark.secret().sharesOfA(shape, random);
    List<Combiner> combiners = new ArrayList<>();
    List<Boolean> different = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      // Not secret: a decoy key protects nothing.
      OwnerKey decoy = OwnerKey.insecureFromSeed(random.nextLong());
      Combiner combiner = mark.underKey(decoy, classes).secret();
      combiners.add(combiner);
      different.add(distance(secret, combiner.sharesOfA(shape, random)) >= DIFFERENT);
    }
    return new DecoyKeys(List.copyOf(combiners), List.copyOf(different));
  }

  /** Whether the decoy that combines a pair's samples, in turn, is a different one. */
  boolean isDifferent(int pair) {
    return different.get(pair % different.size());
  }

  /** Number of keys whose combiner is as good as the secret one. */
  int equivalent() {
    return (int) different.stream().filter(each -> !each).count();
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }
}
