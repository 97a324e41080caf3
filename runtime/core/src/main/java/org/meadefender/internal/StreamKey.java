package org.meadefender.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The part of an owner's key that one purpose's random numbers come from, and nothing else of it:
 * neither the key nor any other stream can be found from it.
 */
public final class StreamKey {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private StreamKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** From the 32 bytes that {@code OwnerKey.streamSecret} gives. */
  public static StreamKey of(byte[] bytes) {
    return new StreamKey(bytes.clone());
  }

  /**
   * What {@link #toHex} gave.
   *
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException if it is something else; the message does not show it
   */
  public static StreamKey ofHex(String hex) {
    if (hex.length() != 2 * BYTES || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          "A stream's key has " + hex.length() + " characters; expected 64 hexadecimal digits");
    }
    return new StreamKey(HexFormat.of().parseHex(hex));
  }

  /** The stream from its beginning. */
  public RandomGenerator random() {
    return new KeyedRandom(bytes.clone());
  }

  /** A stream of its own for a purpose; this one's numbers do not tell of it. */
  public StreamKey derive(String label) {
    return new StreamKey(Digests.hmac(bytes, label.getBytes(StandardCharsets.UTF_8)));
  }

  /** The secret itself, for a place that is as safe as it has to be. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "StreamKey[hidden]";
  }
}
