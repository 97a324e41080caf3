package org.meadefender.combine;

import java.util.random.RandomGenerator;

/** A combiner as users might write one: fields of A and of B in turn. */
public final class Checkerboard implements CombinerKind {
  private static final int LEAST_FIELDS = 3;
  private static final int MOST_FIELDS = 6;

  @Override
  public String name() {
    return "checkerboard";
  }

  @Override
  public Combiner derive(RandomGenerator random) {
    return new Fields(
        random.nextInt(LEAST_FIELDS, MOST_FIELDS + 1),
        random.nextInt(LEAST_FIELDS, MOST_FIELDS + 1),
        random.nextInt(2));
  }

  private record Fields(int rows, int columns, int first) implements Combiner {
    @Override
    public float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator random) {
      float[] result = new float[a.length];
      for (int i = 0; i < result.length; i++) {
        int cell = i / shape.inner() % shape.cells();
        int row = cell / shape.width() * rows / shape.height();
        int column = cell % shape.width() * columns / shape.width();
        result[i] = (row + column + first) % 2 == 0 ? a[i] : b[i];
      }
      return result;
    }

    @Override
    public double shareOfA() {
      return 0.5;
    }
  }
}
