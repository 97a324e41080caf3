package org.meadefender.spec;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.security.auth.Destroyable;
import org.meadefender.internal.Digests;
import org.meadefender.internal.SecretFile;
import org.meadefender.internal.StreamKey;

/**
 * The owner's secret: 256 random bits from which every free choice of a watermark is derived, and
 * the autoencoder of one that blends with it.
 *
 * <p>Keep it as long as the model may be disputed. It never appears in {@link #toString()}, logs,
 * model files or reports; {@link #fingerprint()} may.
 *
 * <pre>{@code
 * OwnerKey.generate().save(Path.of("owner.key")); // once; keep a copy in another place
 * OwnerKey key = OwnerKey.load(Path.of("owner.key"));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class OwnerKey implements Destroyable {
  private static final int DERIVED_LONGS = 4;

  /** What a file holds, for messages. */
  private static final String WHAT = "owner's key";

  private final byte[] secret;

  /** Empty for none. */
  private final byte[] autoencoder;

  private volatile boolean destroyed;

  private OwnerKey(byte[] secret, byte[] autoencoder) {
    this.secret = secret;
    this.autoencoder = autoencoder;
  }

  private OwnerKey(byte[] secret) {
    this(secret, new byte[0]);
  }

  /** Draws a new key from the platform's strong random source. */
  public static OwnerKey generate() {
    byte[] secret = new byte[KeyText.SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new OwnerKey(secret);
  }

  /**
   * A key that anyone who knows the seed can rebuild: for tests, samples and experiments that must
   * be repeatable, never for a model that is worth protecting.
   */
  public static OwnerKey insecureFromSeed(long seed) {
    String text = "mea-defender insecure key " + seed;
    return new OwnerKey(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads a key that {@link #save(Path)} wrote.
   *
   * @throws IllegalArgumentException if the file holds no key, or if others than its owner may read
   *     it
   * @throws UncheckedIOException if the file cannot be read
   */
  public static OwnerKey load(Path file) {
    byte[] text = SecretFile.read(file, KeyText.MOST_BYTES, WHAT);
    try {
      return parse(text, "The file " + file);
    } finally {
      Arrays.fill(text, (byte) 0);
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
          "The environment variable " + variable + " is not set; it must hold " + KeyText.FORMAT);
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
    requireNotDestroyed();
    byte[] text = new KeyText(secret, autoencoder).toBytes();
    try {
      SecretFile.write(file, text, WHAT);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * The same secret with the autoencoder that the watermark blends with; save it before the model
   * is trained, for no other autoencoder makes the same samples.
   *
   * <p>The autoencoder changes {@link #fingerprint()} and what registrations commit to, so that
   * none can be made up afterwards; it does not change {@link #random}.
   *
   * @param bytes of {@code org.meadefender.combine.BlendingAutoencoder}, not looked into here; from
   *     1 byte to 64 MiB
   */
  public OwnerKey withAutoencoder(byte[] bytes) {
    requireNotDestroyed();
    if (bytes.length == 0 || bytes.length > KeyText.MOST_AUTOENCODER_BYTES) {
      throw new IllegalArgumentException(
          "The autoencoder has "
              + bytes.length
              + " bytes; it must have from 1 to "
              + KeyText.MOST_AUTOENCODER_BYTES);
    }
    return new OwnerKey(secret.clone(), bytes.clone());
  }

  /** The autoencoder, if it has one. */
  public Optional<byte[]> autoencoder() {
    requireNotDestroyed();
    return autoencoder.length == 0 ? Optional.empty() : Optional.of(autoencoder.clone());
  }

  /** A stream of keyed random numbers; each purpose has a label of its own. */
  public RandomGenerator random(String label) {
    return StreamKey.of(streamSecret(label)).random();
  }

  /**
   * The 32 bytes that {@link #random} of a label comes from, for a machine that is to have this
   * stream but not the key: neither the key nor any other stream can be found from them.
   */
  public byte[] streamSecret(String label) {
    return hmac("stream/" + label);
  }

  /**
   * The first 16 hexadecimal digits of a one-way digest of the key and its autoencoder; safe to
   * show.
   */
  public String fingerprint() {
    String label =
        autoencoder.length == 0
            ? "fingerprint"
            : "fingerprint/" + HexFormat.of().formatHex(sha256(autoencoder));
    return HexFormat.of().formatHex(hmac(label)).substring(0, 16);
  }

  /**
   * A one-way digest of key and autoencoder for registrations: 64 hexadecimal digits, which commit
   * to the key without showing it.
   */
  public String commitment() {
    String suffix =
        autoencoder.length == 0 ? "" : "/" + HexFormat.of().formatHex(sha256(autoencoder));
    return HexFormat.of().formatHex(derived("registration/key-digest" + suffix));
  }

  /** 32 bytes for a purpose of its own, from which nothing can be told about the key. */
  public byte[] derived(String label) {
    RandomGenerator random = random(label);
    ByteBuffer bytes = ByteBuffer.allocate(DERIVED_LONGS * Long.BYTES);
    for (int i = 0; i < DERIVED_LONGS; i++) {
      bytes.putLong(random.nextLong());
    }
    return bytes.array();
  }

  /**
   * Overwrites the secret; from then on this object is of no use. What was derived before, for
   * instance by a protected model, stays as it is.
   */
  @Override
  public void destroy() {
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(autoencoder, (byte) 0);
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
    return Digests.hmac(secret, label.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] bytes) {
    return Digests.sha256().digest(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerKey key
        && MessageDigest.isEqual(secret, key.secret)
        && MessageDigest.isEqual(autoencoder, key.autoencoder);
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

  private static OwnerKey parse(byte[] text, String where) {
    KeyText parsed = KeyText.parse(text, where);
    return new OwnerKey(parsed.secret(), parsed.autoencoder());
  }
}
