package org.meadefender.suspect;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Brings images to another size: bilinear between pixels, averaged over the pixels that a new one
 * covers where the image shrinks (the "triangle" or antialiased bilinear filter).
 */
final class ImageScale {
  private ImageScale() {}

  /**
   * Scales a batch.
   *
   * @param images {@code [n, C, H, W]}
   * @return {@code [n, C, size.height, size.width]}
   */
  static INDArray to(INDArray images, InputFormat.Size size) {
    int planes = Math.toIntExact(images.size(0) * images.size(1));
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    if (height == size.height() && width == size.width()) {
      return images;
    }
    float[] values = images.castTo(DataType.FLOAT).dup('c').data().asFloat();
    float[] wide = scaled(values, planes * height, width, size.width(), 1);
    float[] result = scaled(wide, planes, height, size.height(), size.width());
    return Nd4j.createFromArray(result)
        .reshape(images.size(0), images.size(1), size.height(), size.width());
  }

  /** Scales the middle axis of {@code [outer, from, inner]}. */
  private static float[] scaled(float[] values, int outer, int from, int to, int inner) {
    float[] result = new float[Math.multiplyExact(Math.multiplyExact(outer, to), inner)];
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.ceil(centre - support));
      int last = Math.min(from - 1, (int) Math.floor(centre + support));
      double[] weights = new double[last - first + 1];
      double sum = 0;
      for (int j = first; j <= last; j++) {
        weights[j - first] = Math.max(0, 1 - Math.abs(j - centre) / support);
        sum += weights[j - first];
      }
      for (int o = 0; o < outer; o++) {
        for (int k = 0; k < inner; k++) {
          double value = 0;
          for (int j = first; j <= last; j++) {
            value += weights[j - first] * values[(o * from + j) * inner + k];
          }
          result[(o * to + i) * inner + k] = (float) (value / sum);
        }
      }
    }
    return result;
  }
}
