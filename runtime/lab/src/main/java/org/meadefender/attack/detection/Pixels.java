package org.meadefender.attack.detection;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Work on the pixels of batches {@code [n, C, H, W]}. */
final class Pixels {
  private static final int BYTE_MAX = 255;

  private Pixels() {}

  record Size(int channels, int height, int width) {}

  /** Fills a result image from an image, both {@code [C, H, W]} row by row. */
  @FunctionalInterface
  interface Change {
    void fill(float[] image, float[] result, Size size);
  }

  /** A function of a pixel's 3 × 3 neighbourhood, which it may reorder. */
  @FunctionalInterface
  interface Neighbourhood {
    float of(float[] values);
  }

  static INDArray map(INDArray images, Change change) {
    if (images.rank() != 4) {
      throw new IllegalArgumentException(
          "Preprocessing works on images [n, C, H, W], not " + Arrays.toString(images.shape()));
    }
    Size size = new Size((int) images.size(1), (int) images.size(2), (int) images.size(3));
    int length = size.channels * size.height * size.width;
    float[] values = images.castTo(DataType.FLOAT).dup('c').data().asFloat();
    float[] result = new float[values.length];
    float[] one = new float[length];
    for (int from = 0; from < values.length; from += length) {
      change.fill(Arrays.copyOfRange(values, from, from + length), one, size);
      System.arraycopy(one, 0, result, from, length);
    }
    return Nd4j.createFromArray(result).reshape(images.shape());
  }

  /** Edge pixels are repeated outwards. */
  static INDArray neighbourhoods(INDArray images, Neighbourhood function) {
    return map(
        images,
        (image, result, size) -> {
          for (int i = 0; i < image.length; i++) {
            result[i] = function.of(around(image, i, size));
          }
        });
  }

  private static float[] around(float[] image, int index, Size size) {
    int x = index % size.width;
    int y = index / size.width % size.height;
    int plane = index - y * size.width - x;
    float[] values = new float[9];
    for (int k = 0; k < values.length; k++) {
      int row = Math.min(size.height - 1, Math.max(0, y + k / 3 - 1));
      int column = Math.min(size.width - 1, Math.max(0, x + k % 3 - 1));
      values[k] = image[plane + row * size.width + column];
    }
    return values;
  }

  static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static float clip(double value) {
    return (float) Math.max(0, Math.min(1, value));
  }

  static BufferedImage toImage(float[] values, Size size) {
    if (size.channels != 1 && size.channels != 3) {
      throw new IllegalArgumentException(
          "Images have " + size.channels + " channels; JPEG needs 1 or 3");
    }
    int plane = size.height * size.width;
    int type = size.channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(size.width, size.height, type);
    for (int c = 0; c < size.channels; c++) {
      for (int i = 0; i < plane; i++) {
        image
            .getRaster()
            .setSample(
                i % size.width, i / size.width, c, Math.round(values[c * plane + i] * BYTE_MAX));
      }
    }
    return image;
  }

  static void fromImage(BufferedImage image, Size size, float[] values) {
    int plane = size.height * size.width;
    for (int c = 0; c < size.channels; c++) {
      // A decoded colour image may hold its bands as BGR bytes; its raster still names them RGB.
      for (int i = 0; i < plane; i++) {
        values[c * plane + i] =
            image.getRaster().getSample(i % size.width, i / size.width, c) / (float) BYTE_MAX;
      }
    }
  }
}
