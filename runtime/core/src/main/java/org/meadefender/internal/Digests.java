package org.meadefender.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 of what registrations and evidence name, and what keys derive. */
public final class Digests {
  private static final int BUFFER = 1 << 16;
  private static final String MAC = "HmacSHA256";

  private Digests() {}

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java platform lacks SHA-256", e);
    }
  }

  /** HMAC-SHA-256 of a message, 32 bytes. */
  public static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform lacks " + MAC, e);
    }
  }

  /** Adds values to a digest, each as 32 bits in network order. */
  public static void add(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes.array());
  }

  /** SHA-256 in hexadecimal digits. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /**
   * SHA-256 of a file; of a directory, over the names and digests of its files in order.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static String of(Path path) {
    try {
      MessageDigest digest = sha256();
      if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.walk(path)) {
          List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
          for (Path file : sorted) {
            String line = path.relativize(file).toString().replace('\\', '/') + "\n" + of(file);
            digest.update((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
          }
        }
      } else {
        try (InputStream in = Files.newInputStream(path)) {
          byte[] buffer = new byte[BUFFER];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }
}
