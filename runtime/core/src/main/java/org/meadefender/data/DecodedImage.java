package org.meadefender.data;

/**
 * An image out of a file, plane by plane.
 *
 * @param channels 1, or 3 for red, green and blue
 * @param height rows of pixels
 * @param width columns of pixels
 * @param values one byte each, {@code [channels, height, width]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DecodedImage(int channels, int height, int width, byte[] values) {
  private static final int RGB = 3;

  /** Shares of red, green and blue in brightness, of 2^16 (ITU-R BT.601), as Pillow takes them. */
  private static final int[] LUMA = {19595, 38470, 7471};

  /**
   * The same image with one channel or three: a single one is repeated, three become brightness.
   */
  DecodedImage withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int plane = height * width;
    byte[] result = new byte[wanted * plane];
    for (int i = 0; i < plane; i++) {
      if (wanted == RGB) {
        result[i] = values[i];
        result[plane + i] = values[i];
        result[2 * plane + i] = values[i];
      } else {
        int sum = 1 << 15;
        for (int c = 0; c < RGB; c++) {
          sum += LUMA[c] * (values[c * plane + i] & 0xff);
        }
        result[i] = (byte) (sum >> 16);
      }
    }
    return new DecodedImage(wanted, height, width, result);
  }
}
