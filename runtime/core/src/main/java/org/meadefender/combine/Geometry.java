package org.meadefender.combine;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The cuts and mixes of the paper (section IV-B, appendix B) and of its released code. */
final class Geometry {
  private Geometry() {}

  /** Whether a cell, given by its relative position in [0, 1), belongs to the first sample. */
  @FunctionalInterface
  private interface Region {
    boolean contains(double row, double column);
  }

  /**
   * A on one side of a straight cut, B on the other (crop-and-paste).
   *
   * @param horizontal whether the cut is horizontal, so that one part is above the other; a grid of
   *     one row is always cut vertically
   * @param position place of the cut as a share of the side
   * @param jitter largest deviation of a row's cut from {@code position}, as a share of the side
   *     (the released code uses 3 of 32 pixels)
   * @param aFirst whether A is above or left
   */
  record Split(boolean horizontal, double position, double jitter, boolean aFirst)
      implements MaskCombiner {
    @Override
    public float[] mask(SampleShape shape, RandomGenerator random) {
      double cut = position + jitter * (2 * random.nextDouble() - 1);
      boolean acrossRows = horizontal && shape.height() > 1;
      return fill(shape, aFirst, (row, column) -> (acrossRows ? row : column) < cut);
    }

    @Override
    public double shareOfA() {
      return aFirst ? position : 1 - position;
    }

    /** Moves the cut. */
    @Override
    public Combiner withShareOfA(double share) {
      return new Split(horizontal, aFirst ? share : 1 - share, jitter, aFirst);
    }
  }

  /** The weighted mean {@code alpha · a + (1 − alpha) · b} (pixel merging). */
  record Merge(double alpha) implements MaskCombiner {
    @Override
    public float[] mask(SampleShape shape, RandomGenerator random) {
      float[] mask = new float[shape.cells()];
      Arrays.fill(mask, (float) alpha);
      return mask;
    }

    @Override
    public double shareOfA() {
      return alpha;
    }

    @Override
    public Combiner withShareOfA(double share) {
      return new Merge(share);
    }
  }

  /**
   * Stripes of equal width, each of A or of B.
   *
   * @param horizontal whether stripes lie one above the other; a grid of one row always has them
   *     side by side
   * @param ofA which stripes are of A, from the top or the left
   */
  record Stripes(boolean horizontal, List<Boolean> ofA) implements MaskCombiner {
    @Override
    public float[] mask(SampleShape shape, RandomGenerator random) {
      boolean acrossRows = horizontal && shape.height() > 1;
      return fill(
          shape, true, (row, column) -> ofA.get((int) ((acrossRows ? row : column) * ofA.size())));
    }

    @Override
    public double shareOfA() {
      return (double) ofA.stream().filter(each -> each).count() / ofA.size();
    }
  }

  /** A cut along a diagonal. */
  record Diagonal(boolean rising, boolean aFirst) implements MaskCombiner {
    @Override
    public float[] mask(SampleShape shape, RandomGenerator random) {
      return fill(shape, aFirst, (row, column) -> rising ? row + column < 1 : column < row);
    }

    @Override
    public double shareOfA() {
      return 0.5;
    }
  }

  /** A centred patch of one sample in the other (the released code's "donut"). */
  record Patch(double side, boolean aInside) implements MaskCombiner {
    @Override
    public float[] mask(SampleShape shape, RandomGenerator random) {
      return fill(
          shape,
          aInside,
          (row, column) -> isCentral(row, shape.height()) && isCentral(column, shape.width()));
    }

    private boolean isCentral(double place, int cells) {
      return cells == 1 || Math.abs(place - 0.5) < side / 2;
    }

    @Override
    public double shareOfA() {
      return aInside ? side * side : 1 - side * side;
    }
  }

  /** A middle band of one sample in the other (the released code's "hot dog"). */
  record Band(boolean horizontal, double thickness, boolean aInside) implements MaskCombiner {
    @Override
    public float[] mask(SampleShape shape, RandomGenerator random) {
      boolean acrossRows = horizontal && shape.height() > 1;
      return fill(
          shape,
          aInside,
          (row, column) -> Math.abs((acrossRows ? row : column) - 0.5) < thickness / 2);
    }

    @Override
    public double shareOfA() {
      return aInside ? thickness : 1 - thickness;
    }
  }

  private static float[] fill(SampleShape shape, boolean aInside, Region region) {
    float[] mask = new float[shape.cells()];
    for (int row = 0, cell = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++, cell++) {
        boolean inside =
            region.contains((row + 0.5) / shape.height(), (column + 0.5) / shape.width());
        mask[cell] = inside == aInside ? 1 : 0;
      }
    }
    return mask;
  }
}
