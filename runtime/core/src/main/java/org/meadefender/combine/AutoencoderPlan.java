package org.meadefender.combine;

import java.util.List;

/**
 * The layers of an autoencoder, which follow from the samples' shape alone.
 *
 * <p>An image is cut into patches, at most 8 in a row; a convolution whose kernel and stride are a
 * patch makes channels of each, and a dense layer makes the code of all. The decoder mirrors it.
 * Vectors and sequences are a single patch.
 *
 * @param shape layout of the samples that it was trained on
 */
record AutoencoderPlan(SampleShape shape) {
  /** Most patches along a side. */
  private static final int PATCHES = 8;

  /** Channels of a patch: as many as it has values, within these bounds. */
  private static final int LEAST_CHANNELS = 8;

  private static final int MOST_CHANNELS = 32;

  /** Width of the dense layers beside the code, where there is one patch only. */
  private static final int HIDDEN = 128;

  private static final int MOST_CODE = 64;

  /** Least number of values for each value of a code, so that it is no copy. */
  private static final int SQUEEZE = 2;

  /** Longest vector or sequence: its dense layers then take a third of a key file. */
  private static final long MOST_FEATURES = 20_000;

  /** Largest product of an image's sides. */
  private static final long MOST_VALUES = 1L << 24;

  AutoencoderPlan {
    long values = 1;
    for (int side : new int[] {shape.outer(), shape.height(), shape.width(), shape.inner()}) {
      values = side < 1 ? Long.MAX_VALUE : values * side;
      if (values > MOST_VALUES) {
        throw tooLarge(shape);
      }
    }
    if (shape.height() == 1 && values > MOST_FEATURES) {
      throw tooLarge(shape);
    }
  }

  private static IllegalArgumentException tooLarge(SampleShape shape) {
    return new IllegalArgumentException(
        "An autoencoder for samples of "
            + shape
            + " is not possible; sides must be at least 1, vectors and sequences may have "
            + MOST_FEATURES
            + " values, images "
            + MOST_VALUES);
  }

  /** Whether there are patches; a single row is a vector or a sequence. */
  boolean isImage() {
    return shape.height() > 1;
  }

  /** Values of an image's pixel, or of a sequence's step. */
  int pixelValues() {
    return shape.outer() * shape.inner();
  }

  /** Whether channels have statistics: of images, and of sequences with several features. */
  boolean byChannel() {
    return isImage() || shape.outer() > 1;
  }

  /** Number of values that have mean and deviation of their own: channels, or features. */
  int statistics() {
    return byChannel() ? pixelValues() : shape.width();
  }

  /** Side of a patch in pixels. */
  int patch() {
    return (Math.max(shape.height(), shape.width()) + PATCHES - 1) / PATCHES;
  }

  /** Patches in a row of an image. */
  int patchColumns() {
    return patches(shape.width());
  }

  private int patches(int side) {
    return (side + patch() - 1) / patch();
  }

  /** Number of patches. */
  int cells() {
    return isImage() ? patches(shape.height()) * patchColumns() : 1;
  }

  /** Values of a patch. */
  int cellValues() {
    return isImage() ? patch() * patch() * pixelValues() : shape.length();
  }

  private int channels() {
    return isImage() ? Math.min(MOST_CHANNELS, Math.max(LEAST_CHANNELS, cellValues())) : HIDDEN;
  }

  /** Values of a code. */
  private int code() {
    return Math.min(MOST_CODE, Math.max(1, shape.length() / SQUEEZE));
  }

  /** Layers up to the code. */
  List<AutoencoderStage> encoder() {
    return List.of(
        new AutoencoderStage(cells(), cellValues(), channels(), true),
        new AutoencoderStage(1, cells() * channels(), code(), false));
  }

  /** Layers from the code on. */
  List<AutoencoderStage> decoder() {
    return List.of(
        new AutoencoderStage(1, code(), cells() * channels(), true),
        new AutoencoderStage(cells(), channels(), cellValues(), false));
  }

  /** Number of weights and biases of the encoder. */
  int encoderParameters() {
    return encoder().stream().mapToInt(AutoencoderStage::parameters).sum();
  }

  /** Number of weights and biases of all layers. */
  int parameters() {
    return encoderParameters() + decoder().stream().mapToInt(AutoencoderStage::parameters).sum();
  }
}
