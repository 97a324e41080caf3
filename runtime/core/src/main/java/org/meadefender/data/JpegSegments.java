package org.meadefender.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The segments before the picture in a JPEG file. */
final class JpegSegments {
  /** Adobe's segment says nothing, or is missing. */
  static final int NO_TRANSFORM = -1;

  private static final int MARKER = 0xff;
  private static final int START = 0xd8;
  private static final int START_OF_SCAN = 0xda;
  private static final int ADOBE = 0xee;
  private static final int PROFILE = 0xe2;

  /** Bytes of a marker, and with the length behind it. */
  private static final int HEAD = 2;

  private static final int WITH_LENGTH = 4;

  /** Place of the transform in Adobe's segment, behind its name, version and flags. */
  private static final int TRANSFORM = 11;

  /** Place of the number of channels in a frame's header. */
  private static final int CHANNELS = 5;

  /** Tables and extensions among the markers of frames. */
  private static final Set<Integer> NO_FRAMES = Set.of(0xc4, 0xc8, 0xcc);

  private JpegSegments() {}

  static boolean isJpeg(byte[] file) {
    return file.length > HEAD && (file[0] & 0xff) == MARKER && (file[1] & 0xff) == START;
  }

  /** The file without its colour profile, which Java's reader would convert from. */
  static byte[] withoutProfile(byte[] jpeg) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(jpeg.length);
    kept.write(jpeg, 0, HEAD);
    int at = HEAD;
    while (isSegment(jpeg, at)) {
      int length = HEAD + length(jpeg, at);
      if (!isNamed(jpeg, at, PROFILE, "ICC_PROFILE\0")) {
        kept.write(jpeg, at, length);
      }
      at += length;
    }
    kept.write(jpeg, at, jpeg.length - at);
    return kept.toByteArray();
  }

  /** How the colours of four channels are stored: 0 as inks, 2 as brightness and chroma. */
  static int adobeTransform(byte[] jpeg) {
    for (int at = HEAD; isSegment(jpeg, at); at += HEAD + length(jpeg, at)) {
      if (isNamed(jpeg, at, ADOBE, "Adobe") && length(jpeg, at) > HEAD + TRANSFORM) {
        return jpeg[at + WITH_LENGTH + TRANSFORM];
      }
    }
    return NO_TRANSFORM;
  }

  /** Number of channels; 0 if the file does not say it. */
  static int channels(byte[] jpeg) {
    for (int at = HEAD; isSegment(jpeg, at); at += HEAD + length(jpeg, at)) {
      int marker = jpeg[at + 1] & 0xff;
      boolean isFrame = marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.contains(marker);
      if (isFrame && length(jpeg, at) > HEAD + CHANNELS) {
        return jpeg[at + WITH_LENGTH + CHANNELS] & 0xff;
      }
    }
    return 0;
  }

  /** Whether a whole segment lies there that is not the picture. */
  private static boolean isSegment(byte[] jpeg, int at) {
    return at + WITH_LENGTH <= jpeg.length
        && (jpeg[at] & 0xff) == MARKER
        && (jpeg[at + 1] & 0xff) != START_OF_SCAN
        && length(jpeg, at) >= HEAD
        && at + HEAD + length(jpeg, at) <= jpeg.length;
  }

  private static int length(byte[] jpeg, int at) {
    return (jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff);
  }

  private static boolean isNamed(byte[] jpeg, int at, int marker, String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    return (jpeg[at + 1] & 0xff) == marker
        && length(jpeg, at) >= HEAD + text.length
        && java.util.Arrays.equals(
            text, 0, text.length, jpeg, at + WITH_LENGTH, at + WITH_LENGTH + text.length);
  }
}
