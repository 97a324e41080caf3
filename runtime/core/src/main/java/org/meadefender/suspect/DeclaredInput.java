package org.meadefender.suspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a model says of an input, and how samples are brought to it.
 *
 * @param name its name
 * @param type type of its values
 * @param shape its axes, the first one the batch; -1 where any length will do; empty if unknown
 */
record DeclaredInput(String name, ElementType type, List<Long> shape) {
  private static final double BYTE_MAX = 255;
  private static final long MAX_CONSTANT_VALUES = 1 << 24;

  DeclaredInput {
    shape = List.copyOf(shape);
  }

  static DeclaredInput of(String name, ElementType type, long... shape) {
    return new DeclaredInput(name, type, LongStream.of(shape).boxed().toList());
  }

  /** Rows that each batch must have; 0 if any number will do. */
  int batch() {
    return shape.isEmpty() || shape.get(0) < 1
        ? 0
        : (int) Math.min(shape.get(0), Integer.MAX_VALUE);
  }

  /**
   * Shape of a constant for it: axes of open length are 1, but for the first.
   *
   * @throws SuspectException if it has too many values
   */
  long[] filledShape(long rows) {
    long[] filled = new long[shape.size()];
    long values = 1;
    for (int axis = 0; axis < filled.length; axis++) {
      long length = shape.get(axis);
      filled[axis] = length >= 0 ? length : axis == 0 ? rows : 1;
      values = filled[axis] > MAX_CONSTANT_VALUES ? Long.MAX_VALUE : values * filled[axis];
      if (values > MAX_CONSTANT_VALUES) {
        throw new SuspectException(
            this + ", too many values for a constant; the limit is " + MAX_CONSTANT_VALUES);
      }
    }
    return filled;
  }

  /**
   * The samples as this input takes them. Where the format names no layout, the declared shape
   * decides; whole numbers are taken to be from 0 to 255 unless the format scales.
   *
   * @throws SuspectException if it cannot be told how; the message names what was read, what is
   *     needed, and the option that gives it
   */
  INDArray fit(INDArray features, InputFormat format) {
    if (type.isText()) {
      throw new SuspectException(
          this + " takes text or encoded images; ask it by a template of requests (--request)");
    }
    INDArray samples = format.apply(features);
    if (type.isWhole() && !format.scales()) {
      samples = samples.mul(BYTE_MAX);
    }
    for (INDArray form : forms(samples, format)) {
      if (matches(form.shape())) {
        return form;
      }
    }
    throw new SuspectException(
        this + ", but the samples are " + text(samples.shape()) + hint(samples, format));
  }

  private List<INDArray> forms(INDArray samples, InputFormat format) {
    List<INDArray> forms = new ArrayList<>();
    forms.add(samples);
    if (samples.rank() == 4 && format.layout() == InputFormat.Layout.SAME) {
      if (matches(
          new long[] {samples.size(0), samples.size(2), samples.size(3), samples.size(1)})) {
        forms.add(samples.permute(0, 2, 3, 1).dup('c'));
      }
      if (samples.size(1) == 1) {
        forms.add(samples.reshape('c', samples.size(0), samples.size(2), samples.size(3)));
      }
    }
    long values = samples.length() / samples.size(0);
    forms.add(samples.dup('c').reshape('c', samples.size(0), values));
    if (!shape.isEmpty()
        && shape.stream().skip(1).noneMatch(axis -> axis < 1)
        && shape.stream().skip(1).reduce(1L, (a, b) -> a * b) == values
        && samples.rank() == 2) {
      long[] whole = shape.stream().mapToLong(Long::longValue).toArray();
      whole[0] = samples.size(0);
      forms.add(samples.dup('c').reshape('c', whole));
    }
    return forms;
  }

  private boolean matches(long[] form) {
    if (shape.isEmpty()) {
      return true;
    }
    if (form.length != shape.size()) {
      return false;
    }
    for (int axis = 1; axis < form.length; axis++) {
      if (shape.get(axis) >= 0 && shape.get(axis) != form[axis]) {
        return false;
      }
    }
    return true;
  }

  /** The options that would help. */
  private String hint(INDArray samples, InputFormat format) {
    boolean told = format.layout() != InputFormat.Layout.SAME;
    if (told || shape.size() != 4 || samples.rank() != 4) {
      return "; give other data, or --layout";
    }
    // Channels are few, wherever they stand.
    boolean last = shape.get(3) == 1 || shape.get(3) == 3;
    List<String> options = new ArrayList<>();
    long height = shape.get(last ? 1 : 2);
    long width = shape.get(last ? 2 : 3);
    long channels = shape.get(last ? 3 : 1);
    if ((height > 0 && height != samples.size(2)) || (width > 0 && width != samples.size(3))) {
      options.add(
          "--image-size "
              + (height > 0 ? height : samples.size(2))
              + "x"
              + (width > 0 ? width : samples.size(3)));
    }
    if (channels > 0 && channels != samples.size(1)) {
      options.add("--colors " + (channels == 1 ? "GRAY" : "RGB"));
    }
    return options.isEmpty()
        ? "; give another --layout"
        : "; " + String.join(" ", options) + " brings them to it";
  }

  private static String text(long[] shape) {
    long[] open = shape.clone();
    return Arrays.stream(open)
        .skip(1)
        .mapToObj(Long::toString)
        .collect(java.util.stream.Collectors.joining(", ", "[n, ", "]"));
  }

  /** Name, type and shape. */
  @Override
  public String toString() {
    return "The input "
        + name
        + " takes "
        + type
        + " "
        + (shape.isEmpty() ? "of any shape" : shape.toString().replace("-1", "any"));
  }
}
