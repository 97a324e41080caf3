package org.meadefender.batch;

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
   * @param values its features, row by row
   * @param mask its feature mask, empty if it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(float[] values, float[] mask) {}
}
