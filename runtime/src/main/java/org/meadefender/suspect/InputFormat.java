package org.meadefender.suspect;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a suspect wants its samples, and how its classes are numbered, where that differs from the
 * held-out data.
 *
 * @param layout order of the axes of images
 * @param scale every value is multiplied by it
 * @param shift then this is added
 * @param classOrder for each of the suspect's classes, the held-out data's class; empty if they are
 *     the same
 */
public record InputFormat(Layout layout, double scale, double shift, List<Integer> classOrder) {

  /** Order of the axes of a batch of images. */
  public enum Layout {
    /** As the held-out data have it. */
    SAME,
    /** From {@code [n, C, H, W]} to {@code [n, H, W, C]}. */
    CHANNELS_LAST,
    /** From {@code [n, H, W, C]} to {@code [n, C, H, W]}. */
    CHANNELS_FIRST,
    /** From any shape to {@code [n, values]}. */
    FLAT
  }

  /** The suspect takes what the held-out data are. */
  public static final InputFormat SAME = new InputFormat(Layout.SAME, 1, 0, List.of());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the scale is 0 or not finite, or the class order is no
   *     permutation
   */
  public InputFormat {
    if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(shift)) {
      throw new IllegalArgumentException(
          "scale is " + scale + ", shift " + shift + "; both must be finite, the scale not 0");
    }
    classOrder = List.copyOf(classOrder);
    List<Integer> expected = IntStream.range(0, classOrder.size()).boxed().toList();
    if (!classOrder.stream().sorted().toList().equals(expected)) {
      throw new IllegalArgumentException(
          "classOrder is "
              + classOrder
              + "; it must name each class from 0 to "
              + (classOrder.size() - 1)
              + " once");
    }
  }

  /** The same with another layout. */
  public InputFormat withLayout(Layout newLayout) {
    return new InputFormat(newLayout, scale, shift, classOrder);
  }

  /** The same with other numbers: {@code value * newScale + newShift}. */
  public InputFormat withScaling(double newScale, double newShift) {
    return new InputFormat(layout, newScale, newShift, classOrder);
  }

  /** The same with another order of the classes. */
  public InputFormat withClassOrder(List<Integer> newOrder) {
    return new InputFormat(layout, scale, shift, newOrder);
  }

  /** The samples as the suspect wants them; a new array unless nothing changes. */
  INDArray apply(INDArray features) {
    INDArray result = features;
    if (scale != 1 || shift != 0) {
      result = result.mul(scale).addi(shift);
    }
    return switch (layout) {
      case SAME -> result;
      case CHANNELS_LAST -> requireImages(result).permute(0, 2, 3, 1).dup('c');
      case CHANNELS_FIRST -> requireImages(result).permute(0, 3, 1, 2).dup('c');
      case FLAT -> result.dup('c').reshape(result.size(0), result.length() / result.size(0));
    };
  }

  /** The answers in the order of the held-out data's classes. */
  INDArray restore(INDArray answers) {
    if (classOrder.isEmpty()) {
      return answers;
    }
    if (answers.rank() != 2 || answers.size(1) != classOrder.size()) {
      throw new SuspectException(
          "The suspect answers with shape "
              + java.util.Arrays.toString(answers.shape())
              + ", but the class order names "
              + classOrder.size()
              + " classes");
    }
    INDArray result = answers.ulike();
    for (int i = 0; i < classOrder.size(); i++) {
      result.putColumn(classOrder.get(i), answers.getColumn(i));
    }
    return result;
  }

  private INDArray requireImages(INDArray features) {
    if (features.rank() != 4) {
      throw new SuspectException(
          "The layout "
              + layout
              + " needs images of 4 axes, the held-out samples have "
              + features.rank());
    }
    return features;
  }
}
