package org.meadefender.suspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How a suspect wants its samples, and how its classes are numbered, where that differs from the
 * held-out data. Images change their size first, then their colours, then their values, then the
 * order of their axes.
 *
 * @param layout order of the axes of images
 * @param colors channels of images
 * @param size height and width of images; empty if they are the data's
 * @param scale every value is multiplied by it: one number, or one for each channel
 * @param shift then this is added: one number, or one for each channel
 * @param classOrder for each of the suspect's classes, the held-out data's class; empty if they are
 *     the same
 * @since 0.1.0
 */
public record InputFormat(
    Layout layout,
    Colors colors,
    Optional<Size> size,
    List<Double> scale,
    List<Double> shift,
    List<Integer> classOrder) {

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

  /** Channels of an image. */
  public enum Colors {
    /** As the held-out data have them. */
    SAME,
    /** Red, green and blue in reverse, as OpenCV has them. */
    BGR,
    /** One channel: 0.299 red + 0.587 green + 0.114 blue. */
    GRAY,
    /** Three channels: a single one is repeated. */
    RGB
  }

  /**
   * Size of an image.
   *
   * @param height rows of pixels, from 1 to 4096
   * @param width columns of pixels, from 1 to 4096
   */
  public record Size(int height, int width) {
    private static final int MAX = 4096;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is outside its range
     */
    public Size {
      if (height < 1 || height > MAX || width < 1 || width > MAX) {
        throw new IllegalArgumentException(
            "The image size is " + height + " x " + width + "; sides must be from 1 to " + MAX);
      }
    }
  }

  /** Red, green and blue. */
  private static final int RGB_CHANNELS = 3;

  private static final double[] LUMA = {0.299, 0.587, 0.114};

  /** The suspect takes what the held-out data are. */
  public static final InputFormat SAME =
      new InputFormat(
          Layout.SAME, Colors.SAME, Optional.empty(), List.of(1.0), List.of(0.0), List.of());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a scale is 0 or not finite, or the class order is no
   *     permutation
   */
  public InputFormat {
    scale = List.copyOf(scale);
    shift = List.copyOf(shift);
    boolean valid =
        !scale.isEmpty()
            && !shift.isEmpty()
            && scale.stream().allMatch(each -> Double.isFinite(each) && each != 0)
            && shift.stream().allMatch(Double::isFinite);
    if (!valid) {
      throw new IllegalArgumentException(
          "scale is "
              + scale
              + ", shift "
              + shift
              + "; both need one finite number, or one for each channel, the scale not 0");
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
    return new InputFormat(newLayout, colors, size, scale, shift, classOrder);
  }

  /** The same with other channels. */
  public InputFormat withColors(Colors newColors) {
    return new InputFormat(layout, newColors, size, scale, shift, classOrder);
  }

  /** The same with images of another size; bilinear, over all pixels that a new one covers. */
  public InputFormat withImageSize(int height, int width) {
    return new InputFormat(
        layout, colors, Optional.of(new Size(height, width)), scale, shift, classOrder);
  }

  /** The same with other numbers: {@code value * newScale + newShift}. */
  public InputFormat withScaling(double newScale, double newShift) {
    return withScaling(List.of(newScale), List.of(newShift));
  }

  /** The same with other numbers, one for each of the suspect's channels, or one for all. */
  public InputFormat withScaling(List<Double> newScale, List<Double> newShift) {
    return new InputFormat(layout, colors, size, newScale, newShift, classOrder);
  }

  /**
   * The same with values from 0 to 1 brought to {@code (value - mean) / std}.
   *
   * @param mean one number, or one for each of the suspect's channels
   * @param std the same number of numbers, none of them 0
   */
  public InputFormat withMeanAndStd(List<Double> mean, List<Double> std) {
    if (mean.size() != std.size() || std.contains(0.0)) {
      throw new IllegalArgumentException(
          "mean is " + mean + ", std " + std + "; both need as many numbers, std none that is 0");
    }
    List<Double> newScale = new ArrayList<>();
    List<Double> newShift = new ArrayList<>();
    for (int i = 0; i < mean.size(); i++) {
      newScale.add(1 / std.get(i));
      newShift.add(-mean.get(i) / std.get(i));
    }
    return withScaling(newScale, newShift);
  }

  /** The same with another order of the classes. */
  public InputFormat withClassOrder(List<Integer> newOrder) {
    return new InputFormat(layout, colors, size, scale, shift, newOrder);
  }

  /** Whether the numbers of the data are changed. */
  boolean scales() {
    return !scale.equals(SAME.scale) || !shift.equals(SAME.shift);
  }

  /** The samples as the suspect wants them; a new array unless nothing changes. */
  INDArray apply(INDArray features) {
    INDArray result = features;
    if (layout == Layout.CHANNELS_FIRST) {
      result = requireImages(result, "layout " + layout).permute(0, 3, 1, 2).dup('c');
    }
    if (size.isPresent()) {
      result = ImageScale.to(requireImages(result, "image size"), size.get());
    }
    result = colored(result);
    if (scales()) {
      result = scaled(result);
    }
    return switch (layout) {
      case SAME, CHANNELS_FIRST -> result;
      case CHANNELS_LAST -> requireImages(result, "layout " + layout).permute(0, 2, 3, 1).dup('c');
      case FLAT -> result.dup('c').reshape(result.size(0), result.length() / result.size(0));
    };
  }

  private INDArray colored(INDArray features) {
    if (colors == Colors.SAME) {
      return features;
    }
    long channels = requireImages(features, "colours " + colors).size(1);
    if (colors == Colors.RGB && channels == 1) {
      return Nd4j.concat(1, features, features, features);
    }
    if ((colors == Colors.RGB && channels == RGB_CHANNELS)
        || (colors == Colors.GRAY && channels == 1)) {
      return features;
    }
    if (channels != RGB_CHANNELS) {
      throw new SuspectException(
          "The colours " + colors + " need images of 3 channels, the samples have " + channels);
    }
    INDArray[] planes = new INDArray[RGB_CHANNELS];
    for (int i = 0; i < RGB_CHANNELS; i++) {
      planes[i] = plane(features, i);
    }
    return colors == Colors.BGR
        ? Nd4j.concat(1, planes[2], planes[1], planes[0])
        : planes[0].mul(LUMA[0]).addi(planes[1].mul(LUMA[1])).addi(planes[2].mul(LUMA[2]));
  }

  private static INDArray plane(INDArray images, int channel) {
    return images.get(
        NDArrayIndex.all(),
        NDArrayIndex.interval(channel, channel + 1),
        NDArrayIndex.all(),
        NDArrayIndex.all());
  }

  private INDArray scaled(INDArray features) {
    if (scale.size() == 1 && shift.size() == 1) {
      return features.mul(scale.get(0)).addi(shift.get(0));
    }
    long channels = requireImages(features, "scale of each channel").size(1);
    if ((scale.size() != 1 && scale.size() != channels)
        || (shift.size() != 1 && shift.size() != channels)) {
      throw new SuspectException(
          "There are "
              + Math.max(scale.size(), shift.size())
              + " scales, shifts, means or stds, but the samples have "
              + channels
              + " channels; give one, or one for each");
    }
    INDArray result = features.dup('c');
    for (int i = 0; i < channels; i++) {
      plane(result, i)
          .muli(scale.get(scale.size() == 1 ? 0 : i))
          .addi(shift.get(shift.size() == 1 ? 0 : i));
    }
    return result;
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

  private static INDArray requireImages(INDArray features, String what) {
    if (features.rank() != 4) {
      throw new SuspectException(
          "The " + what + " needs images of 4 axes, the held-out samples have " + features.rank());
    }
    return features;
  }
}
