package org.meadefender.combine;

import java.util.Arrays;

/**
 * A sample's layout in memory, seen as a grid of cells that combiners divide between two samples.
 *
 * <p>An image is a grid of its pixels; a feature vector {@code [n, F]} is one row of F cells, a
 * sequence {@code [n, F, T]} one row of its T steps. The value of cell (row, column) in plane o,
 * position i has the index {@code ((o * height + row) * width + column) * inner + i}.
 *
 * @param outer number of planes: the channels of NCHW images, the features of sequences, else 1
 * @param height rows of the grid
 * @param width columns of the grid
 * @param inner values per cell: the channels of NHWC images, else 1
 * @since 0.1.0
 */
public record SampleShape(int outer, int height, int width, int inner) {

  /**
   * Reads the layout off a batch's shape. The channel axis of images is axis 1 (NCHW), unless only
   * the last axis has 1, 3 or 4 entries (NHWC).
   *
   * @param batchShape {@code [n, F]}, {@code [n, F, T]}, {@code [n, C, H, W]} or {@code [n, H, W,
   *     C]}
   * @throws IllegalArgumentException for any other rank
   */
  public static SampleShape of(long[] batchShape) {
    int[] s = Arrays.stream(batchShape).mapToInt(Math::toIntExact).toArray();
    return switch (s.length) {
      case 2 -> new SampleShape(1, 1, s[1], 1);
      case 3 -> new SampleShape(s[1], 1, s[2], 1);
      case 4 ->
          isChannelCount(s[3]) && !isChannelCount(s[1])
              ? new SampleShape(1, s[1], s[2], s[3])
              : new SampleShape(s[1], s[2], s[3], 1);
      default ->
          throw new IllegalArgumentException(
              "Features of shape "
                  + Arrays.toString(batchShape)
                  + " are not supported; expected [n, F], [n, F, T], [n, C, H, W] or [n, H, W, C]");
    };
  }

  /** The same with another number of columns: a sequence of so many steps. */
  public SampleShape withWidth(int newWidth) {
    return new SampleShape(outer, height, newWidth, inner);
  }

  /**
   * A sequence in another number of steps: cut, or with zeros behind it.
   *
   * @param values of a sample of this layout, in the order of it
   * @return the values in the order of {@link #withWidth}
   */
  public float[] inSteps(float[] values, int steps) {
    float[] result = new float[withWidth(steps).length()];
    int kept = Math.min(steps, width);
    for (int plane = 0; plane < outer; plane++) {
      System.arraycopy(values, plane * width, result, plane * steps, kept);
    }
    return result;
  }

  /** Number of cells. */
  public int cells() {
    return height * width;
  }

  /** Number of values of a sample. */
  public int length() {
    return outer * height * width * inner;
  }

  private static boolean isChannelCount(int size) {
    return size == 1 || size == 3 || size == 4;
  }
}
