package org.meadefender.combine;

import java.util.random.RandomGenerator;

/** A combiner that gives each cell of the grid a share of A; the rest of the cell is B's. */
interface MaskCombiner extends Combiner {

  /** Draws the share of A of every cell, {@code shape.cells()} values from 0 to 1, row by row. */
  float[] mask(SampleShape shape, RandomGenerator random);

  @Override
  default float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator random) {
    float[] mask = mask(shape, random);
    float[] result = new float[a.length];
    int index = 0;
    for (int plane = 0; plane < shape.outer(); plane++) {
      for (float share : mask) {
        for (int i = 0; i < shape.inner(); i++, index++) {
          result[index] = share * a[index] + (1 - share) * b[index];
        }
      }
    }
    return result;
  }
}
