package org.meadefender.combine;

import java.util.random.RandomGenerator;

/**
 * Another way of combining, as the autoencoder gives its results back. Without it a network would
 * learn what the autoencoder's images look like, instead of what they show.
 *
 * @param autoencoder what gives back
 * @param way how samples are combined before
 */
record AutoencoderLook(BlendingAutoencoder autoencoder, Combiner way) implements Combiner {
  @Override
  public float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator random) {
    return autoencoder.giveBack(way.combine(a, b, shape, random), shape);
  }

  @Override
  public double shareOfA() {
    return way.shareOfA();
  }

  @Override
  public Combiner withShareOfA(double share) {
    return new AutoencoderLook(autoencoder, way.withShareOfA(share));
  }

  /** Those of the way before: values that are no samples would tell nothing. */
  @Override
  public float[] sharesOfA(SampleShape shape, RandomGenerator random) {
    return way.sharesOfA(shape, random);
  }
}
