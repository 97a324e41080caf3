package org.meadefender.combine;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The weighted mean of both samples' codes, decoded (autoencoder blending).
 *
 * @param autoencoder which codes are meant
 * @param alpha share of A's code
 */
record AutoencoderBlend(BlendingAutoencoder autoencoder, double alpha) implements Combiner {
  @Override
  public float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator random) {
    return autoencoder.blend(a, b, shape, alpha);
  }

  @Override
  public double shareOfA() {
    return alpha;
  }

  @Override
  public Combiner withShareOfA(double share) {
    return new AutoencoderBlend(autoencoder, share);
  }

  /** The same for every value; values that are no samples would tell nothing. */
  @Override
  public float[] sharesOfA(SampleShape shape, RandomGenerator random) {
    float[] shares = new float[shape.length()];
    Arrays.fill(shares, (float) alpha);
    return shares;
  }

  /** Nothing of the choice. */
  @Override
  public String toString() {
    return "AutoencoderBlend[" + autoencoder + "]";
  }
}
