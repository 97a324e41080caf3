package org.meadefender.attack.detection;

import org.meadefender.attack.Accuracy;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;

/** The strongest noise that a thief can afford. */
public final class NoiseSearch {
  private static final double FIRST = 0.01;
  private static final double GROWTH = 1.3;
  private static final double MAX = 1;

  private NoiseSearch() {}

  /**
   * Raises the noise until accuracy falls too far.
   *
   * @param test labelled samples
   * @param maxLoss accuracy that may be lost, for instance 0.035 as in the paper
   * @return the largest tried noise below that loss, at least the smallest one
   */
  public static Preprocessing.Noise strongest(
      SuspectModel model, LabelledSamples test, double maxLoss, long seed) {
    double full = Accuracy.of(model, test);
    Preprocessing.Noise best = new Preprocessing.Noise(FIRST, seed);
    for (double deviation = FIRST; deviation <= MAX; deviation *= GROWTH) {
      Preprocessing.Noise noise = new Preprocessing.Noise(deviation, seed);
      if (full - Accuracy.of(noise.before(model), test) > maxLoss) {
        return best;
      }
      best = noise;
    }
    return best;
  }
}
