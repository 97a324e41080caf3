package org.meadefender.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * How a key is written: 64 hexadecimal digits, and on a line of its own the autoencoder in Base64,
 * if it has one. No String holds any of it: it could not be overwritten.
 *
 * @param secret the key's 256 bits
 * @param autoencoder empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyText(byte[] secret, byte[] autoencoder) {
  static final int SECRET_BYTES = 32;

  /** Some hundred times what an autoencoder for small images takes. */
  static final int MOST_AUTOENCODER_BYTES = 64 << 20;

  /** With some white space. */
  static final int MOST_BYTES = 4 * SECRET_BYTES + MOST_AUTOENCODER_BYTES / 3 * 4;

  static final String FORMAT = "64 hexadecimal digits";

  private static final int DIGITS = 2 * SECRET_BYTES;

  /** Begins the autoencoder's line. */
  private static final byte[] LABEL = "autoencoder ".getBytes(StandardCharsets.UTF_8);

  /**
   * Reads a key.
   *
   * @param where it was found, for the message
   * @throws IllegalArgumentException if it is none
   */
  static KeyText parse(byte[] text, String where) {
    int start = 0;
    int end = text.length;
    while (start < end && text[start] <= ' ') {
      start++;
    }
    while (end > start && text[end - 1] <= ' ') {
      end--;
    }
    if (text.length > MOST_BYTES || end - start < DIGITS) {
      throw notAKey(where);
    }
    byte[] secret = new byte[SECRET_BYTES];
    for (int i = 0; i < SECRET_BYTES; i++) {
      int high = Character.digit((char) text[start + 2 * i], 16);
      int low = Character.digit((char) text[start + 2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw notAKey(where);
      }
      secret[i] = (byte) (high << 4 | low);
    }
    return new KeyText(secret, parseAutoencoder(text, start + DIGITS, end, where));
  }

  private static byte[] parseAutoencoder(byte[] text, int from, int end, String where) {
    if (from == end) {
      return new byte[0];
    }
    int label = from;
    while (text[label] <= ' ' && text[label] >= 0) {
      label++;
    }
    int base64 = label + LABEL.length;
    if (label == from
        || base64 >= end
        || !Arrays.equals(text, label, base64, LABEL, 0, LABEL.length)) {
      throw notAKey(where);
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOfRange(text, base64, end));
    } catch (IllegalArgumentException e) {
      // Without the cause, which shows a part of it.
      throw new IllegalArgumentException(
          where + " holds an owner's key with a damaged autoencoder; take a copy of the file");
    }
  }

  private static IllegalArgumentException notAKey(String where) {
    // The content is not shown: it may be a secret with a typing error in it.
    return new IllegalArgumentException(where + " holds no owner's key; expected " + FORMAT);
  }

  /** What {@link #parse} reads; the caller overwrites it when it is done with it. */
  byte[] toBytes() {
    byte[] base64 = Base64.getEncoder().encode(autoencoder);
    int more = base64.length == 0 ? 0 : LABEL.length + base64.length + 1;
    byte[] text = new byte[DIGITS + 1 + more];
    for (int i = 0; i < SECRET_BYTES; i++) {
      text[2 * i] = (byte) Character.forDigit(secret[i] >> 4 & 0xf, 16);
      text[2 * i + 1] = (byte) Character.forDigit(secret[i] & 0xf, 16);
    }
    text[DIGITS] = '\n';
    if (more > 0) {
      System.arraycopy(LABEL, 0, text, DIGITS + 1, LABEL.length);
      System.arraycopy(base64, 0, text, DIGITS + 1 + LABEL.length, base64.length);
      text[text.length - 1] = '\n';
    }
    return text;
  }
}
