package org.meadefender.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole files that a user names; that they fit is known before anything is read. */
public final class BoundedFile {
  /** What is read is copied once. */
  private static final int COPIES = 2;

  private static final int MIB = 1 << 20;

  private BoundedFile() {}

  /**
   * Reads a file.
   *
   * @param most bytes that such a file may have
   * @throws IllegalArgumentException if it is longer, or longer than Java's memory allows
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file, int most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a directory; name a file");
    }
    requireLength(file, Files.size(file), most, affordable());
    try (InputStream in = Files.newInputStream(file)) {
      // A pipe has no length, and a file may grow.
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE, most + 1L));
      requireLength(file, bytes.length, most, Long.MAX_VALUE);
      return bytes;
    }
  }

  /** The same, as text in UTF-8. */
  public static String text(Path file, int most) throws IOException {
    return new String(read(file, most), StandardCharsets.UTF_8);
  }

  static void requireLength(Path file, long length, int most, long affordable) {
    if (length > most) {
      throw new IllegalArgumentException(
          file + " is longer than " + most + " bytes, the limit for such a file");
    }
    if (length > affordable) {
      throw new IllegalArgumentException(
          file
              + " has "
              + length / MIB
              + " MiB, but Java has memory for "
              + affordable / MIB
              + " MiB only; give it more, java -Xmx...");
    }
  }

  /** Bytes that can be read at once before Java runs out of memory. */
  public static long affordable() {
    Runtime java = Runtime.getRuntime();
    return (java.maxMemory() - java.totalMemory() + java.freeMemory()) / COPIES;
  }
}
