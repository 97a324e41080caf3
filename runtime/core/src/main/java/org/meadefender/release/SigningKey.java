package org.meadefender.release;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.meadefender.internal.Digests;
import org.meadefender.spec.OwnerKey;

/**
 * An Ed25519 key pair that signs registrations and evidence; it never shows its private half.
 *
 * @since 0.1.0
 */
public final class SigningKey {
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private SigningKey(KeyPair pair) {
    this.privateKey = pair.getPrivate();
    this.publicKey = pair.getPublic();
  }

  /**
   * An organisation's own key pair.
   *
   * @throws IllegalArgumentException if it is not for Ed25519
   */
  public static SigningKey of(KeyPair pair) {
    SigningKey key = new SigningKey(pair);
    try {
      if (!verifies(pair.getPublic(), new byte[0], key.sign(new byte[0]))) {
        throw new IllegalArgumentException("The halves of the key pair do not belong together");
      }
      return key;
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("The key pair is not for " + ALGORITHM, e);
    }
  }

  /** The pair that belongs to an owner's key, always the same one. */
  public static SigningKey of(OwnerKey owner) {
    byte[] seed = owner.derived("registration/signing-key");
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM, "SunEC");
      generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
      return of(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform lacks " + ALGORITHM, e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot sign with " + ALGORITHM, e);
    }
  }

  /** The public half, in X.509 form. */
  public byte[] publicKey() {
    return publicKey.getEncoded();
  }

  static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      return verifies(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey)),
          message,
          signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean verifies(PublicKey publicKey, byte[] message, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(bytes);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The digest of the public half only. */
  @Override
  public String toString() {
    return "SigningKey[" + Digests.of(publicKey()) + "]";
  }

  /** Gives a seed to the platform's key generator, which has no other way to take one. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;

    FixedRandom(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException(
            "The platform's key generator asks for " + bytes.length + " bytes, not 32");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
