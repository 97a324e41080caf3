package org.meadefender.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;

/**
 * The owner's secret: 256 random bits from which every free choice of a watermark is derived.
 *
 * <p>Keep it as long as the model may be disputed. It never appears in {@link #toString()}, logs,
 * model files or reports; {@link #fingerprint()} may.
 */
public final class OwnerKey implements Destroyable {
  private static final int BYTES = 32;

  /** Of a key file: the digits, and some white space. */
  private static final int MOST_BYTES = 4 * BYTES;

  private static final String MAC = "HmacSHA256";
  private static final String FORMAT = "64 hexadecimal digits";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final byte[] secret;
  private volatile boolean destroyed;

  private OwnerKey(byte[] secret) {
    this.secret = secret;
  }

  /** Draws a new key from the platform's strong random source. */
  public static OwnerKey generate() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new OwnerKey(secret);
  }

  /**
   * A key that anyone who knows the seed can rebuild: for tests, samples and experiments that must
   * be repeatable, never for a model that is worth protecting.
   */
  public static OwnerKey insecureFromSeed(long seed) {
    try {
      byte[] text = ("mea-defender insecure key " + seed).getBytes(StandardCharsets.UTF_8);
      return new OwnerKey(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform lacks SHA-256", e);
    }
  }

  /**
   * Reads a key that {@link #save(Path)} wrote.
   *
   * @throws IllegalArgumentException if the file holds no key, or if others than its owner may read
   *     it
   * @throws UncheckedIOException if the file cannot be read
   */
  public static OwnerKey load(Path file) {
    try {
      requireOwnerOnly(file);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] text = in.readNBytes(MOST_BYTES + 1);
        try {
          return parse(text, "The file " + file);
        } finally {
          Arrays.fill(text, (byte) 0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the owner's key from " + file, e);
    }
  }

  /**
   * Reads a key from an environment variable that holds 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if the variable is not set or holds no key
   */
  public static OwnerKey fromEnvironment(String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          "The environment variable " + variable + " is not set; it must hold " + FORMAT);
    }
    return parse(value.getBytes(StandardCharsets.UTF_8), "The environment variable " + variable);
  }

  /**
   * Writes the key to a new file that only its owner may read and write.
   *
   * @throws UncheckedIOException if the file exists or cannot be written; an existing key is never
   *     overwritten
   */
  public void save(Path file) {
    try {
      Path target = file.toAbsolutePath();
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Path temporary = Files.createTempFile(target.getParent(), ".owner-key", ".tmp");
      try {
        restrictToOwner(temporary);
        byte[] text = text();
        Files.write(temporary, text, StandardOpenOption.DSYNC);
        Arrays.fill(text, (byte) 0);
        publish(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (FileAlreadyExistsException e) {
      throw new UncheckedIOException(
          "The file " + file + " exists; an owner's key is never overwritten, choose another name",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the owner's key to " + file, e);
    }
  }

  /** A link fails if the target has appeared meanwhile, a move would replace it. */
  private static void publish(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (UnsupportedOperationException e) {
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException atomic) {
        Files.move(temporary, target);
      }
    }
  }

  /** A stream of keyed random numbers; each purpose has a label of its own. */
  public KeyedRandom random(String label) {
    return new KeyedRandom(hmac("stream/" + label));
  }

  /** The first 16 hexadecimal digits of a one-way digest of the key; safe to show. */
  public String fingerprint() {
    return HexFormat.of().formatHex(hmac("fingerprint")).substring(0, 16);
  }

  /**
   * Overwrites the secret; from then on this object is of no use. What was derived before, for
   * instance by a protected model, stays as it is.
   */
  @Override
  public void destroy() {
    Arrays.fill(secret, (byte) 0);
    destroyed = true;
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  private void requireNotDestroyed() {
    if (destroyed) {
      throw new IllegalStateException("The owner's key was destroyed; load it again");
    }
  }

  private byte[] hmac(String label) {
    requireNotDestroyed();
    return hmac(secret, label.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform lacks " + MAC, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerKey key && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hmac("hashCode"));
  }

  /** The fingerprint only. */
  @Override
  public String toString() {
    if (destroyed) {
      return "OwnerKey[destroyed]";
    }
    return "OwnerKey[fingerprint=" + fingerprint() + "]";
  }

  /** No String in between: it could not be overwritten. */
  private static OwnerKey parse(byte[] text, String where) {
    int start = 0;
    int end = text.length;
    while (start < end && text[start] <= ' ') {
      start++;
    }
    while (end > start && text[end - 1] <= ' ') {
      end--;
    }
    if (text.length > MOST_BYTES || end - start != 2 * BYTES) {
      throw notAKey(where);
    }
    byte[] secret = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      int high = Character.digit((char) text[start + 2 * i], 16);
      int low = Character.digit((char) text[start + 2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw notAKey(where);
      }
      secret[i] = (byte) (high << 4 | low);
    }
    return new OwnerKey(secret);
  }

  /** 64 hexadecimal digits and a line end. */
  private byte[] text() {
    requireNotDestroyed();
    byte[] text = new byte[2 * BYTES + 1];
    for (int i = 0; i < BYTES; i++) {
      text[2 * i] = (byte) Character.forDigit(secret[i] >> 4 & 0xf, 16);
      text[2 * i + 1] = (byte) Character.forDigit(secret[i] & 0xf, 16);
    }
    text[2 * BYTES] = '\n';
    return text;
  }

  private static IllegalArgumentException notAKey(String where) {
    // The content is not shown: it may be a secret with a typing error in it.
    return new IllegalArgumentException(where + " holds no owner's key; expected " + FORMAT);
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return;
    }
    Set<PosixFilePermission> granted = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    if (!OWNER_ONLY.containsAll(granted)) {
      throw new IllegalArgumentException(
          "The owner's key in "
              + file
              + " has permissions "
              + PosixFilePermissions.toString(granted)
              + "; only its owner may have access, run: chmod 600 "
              + file);
    }
  }

  private static void restrictToOwner(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      return;
    }
    AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (acl != null) {
      acl.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(acl.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }
}
