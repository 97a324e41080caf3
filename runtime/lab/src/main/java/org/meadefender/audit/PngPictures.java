package org.meadefender.audit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Samples as PNG pictures. */
final class PngPictures {
  private static final int BYTE_MAX = 255;

  private PngPictures() {}

  /**
   * A picture of an image.
   *
   * @param values {@code [C, H, W]} row by row, 0 to 1
   * @param shape {@code [C, H, W]}; with other than 3 channels only the first is shown
   */
  static AuditEntry.Picture of(String caption, List<Float> values, long[] shape) {
    int height = (int) shape[1];
    int width = (int) shape[2];
    int plane = height * width;
    boolean colour = shape[0] == 3;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | toByte(values.get((colour ? c * plane : 0) + i));
      }
      image.setRGB(i % width, i / width, rgb);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a picture in memory", e);
    }
    return new AuditEntry.Picture(caption, Base64.getEncoder().encodeToString(png.toByteArray()));
  }

  private static int toByte(float value) {
    return Math.max(0, Math.min(BYTE_MAX, Math.round(value * BYTE_MAX)));
  }
}
