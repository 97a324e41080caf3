package org.meadefender.data;

import java.awt.image.Raster;

/** JPEG files of four inks, which Java's own reader only gives as they are stored. */
final class CmykJpeg {
  private static final int YCCK = 2;
  private static final int MAX = 255;

  private CmykJpeg() {}

  /**
   * The image in red, green and blue: {@code (255 - ink) * (255 - black) / 255}.
   *
   * @param transform as Adobe's segment has it
   */
  static DecodedImage toRgb(Raster raster, int transform) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    int plane = height * width;
    int[] pixels =
        raster.getPixels(raster.getMinX(), raster.getMinY(), width, height, (int[]) null);
    byte[] values = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int[] inks = {pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]};
      if (transform == YCCK) {
        inks = inks(inks[0], inks[1], inks[2]);
      }
      int black = pixels[4 * i + 3];
      // Adobe stores 255 for no ink.
      boolean inverted = transform != JpegSegments.NO_TRANSFORM;
      for (int c = 0; c < 3; c++) {
        int light = inverted ? inks[c] : MAX - inks[c];
        int whiteness = inverted ? black : MAX - black;
        values[c * plane + i] = (byte) ((light * whiteness + MAX / 2) / MAX);
      }
    }
    return new DecodedImage(3, height, width, values);
  }

  /** Cyan, magenta and yellow of brightness and chroma (JFIF, and inverted). */
  private static int[] inks(int y, int cb, int cr) {
    return new int[] {
      MAX - clamped(y + 1.402 * (cr - 128)),
      MAX - clamped(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
      MAX - clamped(y + 1.772 * (cb - 128))
    };
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(MAX, Math.round(value)));
  }
}
