package org.meadefender.batch;

/**
 * One sample outside of a batch.
 *
 * @param values its features, row by row
 * @param mask its feature mask, empty if it has none
 * @param probabilities its label
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(float[] values, float[] mask, float[] probabilities) {}
