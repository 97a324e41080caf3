package org.meadefender.samples.models;

import org.meadefender.annotations.Combine;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.data.ImageSet;
import org.meadefender.spec.OwnerKey;

/** Repeatable keys, with an autoencoder for the kind of combiner that needs one. */
public final class SampleKeys {
  private static final int BATCH = 256;

  private SampleKeys() {}

  /**
   * A key for a mark of a kind.
   *
   * @param images what an autoencoder is trained on
   */
  public static OwnerKey of(long seed, Combine kind, ImageSet images) {
    OwnerKey key = OwnerKey.insecureFromSeed(seed);
    return kind == Combine.AUTOENCODER_BLENDING
        ? BlendingAutoencoder.train(images.iterator(BATCH), key).addTo(key)
        : key;
  }
}
