package org.meadefender.suspect;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An image as a PNG file. */
final class PngImage {
  private static final int BYTE_MAX = 255;

  private PngImage() {}

  /**
   * Writes an image.
   *
   * @param image values from 0 to 1, {@code [1, C, H, W]} with one or three channels
   * @throws SuspectException if it has another shape
   */
  static byte[] of(INDArray image) throws IOException {
    boolean valid = image.rank() == 4 && (image.size(1) == 1 || image.size(1) == 3);
    if (!valid) {
      throw new SuspectException(
          "Only images of one or three channels, [n, C, H, W], can be sent as PNG");
    }
    int channels = (int) image.size(1);
    int height = (int) image.size(2);
    int width = (int) image.size(3);
    BufferedImage canvas =
        new BufferedImage(
            width,
            height,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    float[] values = image.castTo(DataType.FLOAT).dup('c').data().asFloat();
    int plane = height * width;
    for (int i = 0; i < values.length; i++) {
      int level = Math.max(0, Math.min(BYTE_MAX, Math.round(values[i] * BYTE_MAX)));
      // Samples of INT_RGB are in the order red, green, blue.
      canvas.getRaster().setSample(i % plane % width, i % plane / width, i / plane, level);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(canvas, "png", bytes);
    return bytes.toByteArray();
  }
}
