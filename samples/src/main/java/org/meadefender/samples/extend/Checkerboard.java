package org.meadefender.samples.extend;

import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.CombinerKind;
import org.meadefender.combine.SampleShape;

/** Fields of A and of B in turn, as on a board whose size the key chooses. */
public final class Checkerboard implements CombinerKind {
  @Override
  public String name() {
    return "checkerboard";
  }

  @Override
  public Combiner derive(RandomGenerator random) {
    return new Board(random.nextInt(3, 7), random.nextInt(3, 7), random.nextInt(2));
  }

  private record Board(int rows, int columns, int first) implements Combiner {
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
