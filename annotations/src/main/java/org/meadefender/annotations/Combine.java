package org.meadefender.annotations;

/**
 * The kinds of combiner that turn a sample of source A and one of source B into a watermark sample
 * (paper, section IV-B and appendix B). The free parameters of each kind come from the owner's key.
 *
 * @since 0.1.0
 */
public enum Combine {
  /** A part of the A sample beside a part of the B sample. */
  CROP_AND_PASTE,
  /** The weighted mean of both samples. */
  PIXEL_MERGING,
  /** Five stripes, three of one sample and two of the other. */
  STRIPES,
  /**
   * The weighted mean of both samples' codes, decoded by an autoencoder.
   *
   * <p>The owner's key must carry the autoencoder, which is trained once, on samples of the task:
   * {@code key = BlendingAutoencoder.train(data, key).addTo(key)}, then save that key. Without it
   * the wrapper's {@code create} says so.
   */
  AUTOENCODER_BLENDING
}
