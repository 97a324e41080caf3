package org.meadefender.attack.extraction;

import java.util.random.RandomGenerator;

/** A random flip, shift and change of brightness of an NCHW image, in place of real photographs. */
final class ImageAugmentation {
  /** Largest shift as a share of the side: the padding of 4 in 32 that CIFAR-10 trainings use. */
  private static final double SHIFT = 0.125;

  private static final double BRIGHTNESS = 0.2;

  private ImageAugmentation() {}

  /** A changed copy of an image {@code [channels, height, width]}; what is shifted in is 0. */
  static float[] change(
      float[] image, int channels, int height, int width, RandomGenerator random) {
    boolean flip = random.nextBoolean();
    int maxY = (int) Math.round(SHIFT * height);
    int maxX = (int) Math.round(SHIFT * width);
    int shiftY = random.nextInt(-maxY, maxY + 1);
    int shiftX = random.nextInt(-maxX, maxX + 1);
    float gain = (float) (1 + BRIGHTNESS * (2 * random.nextDouble() - 1));
    float[] result = new float[image.length];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int fromY = y + shiftY;
          int fromX = (flip ? width - 1 - x : x) + shiftX;
          if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width) {
            result[(c * height + y) * width + x] =
                gain * image[(c * height + fromY) * width + fromX];
          }
        }
      }
    }
    return result;
  }
}
