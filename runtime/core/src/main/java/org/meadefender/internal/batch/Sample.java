package org.meadefender.internal.batch;

import java.util.List;

/**
 * One sample outside of a batch.
 *
 * @param inputs what it shows, one part for each input of the network
 * @param probabilities its label
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(List<Part> inputs, float[] probabilities) {

  /**
   * What a sample gives to one input.
   *
   * @param sample its features; of a sequence, the steps that its mask leaves in
   * @param mask the feature mask of anything but a sequence; empty if it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(SampleValues sample, float[] mask) {}
}
