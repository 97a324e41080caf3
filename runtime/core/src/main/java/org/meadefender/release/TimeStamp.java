package org.meadefender.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meadefender.internal.BoundedFile;

/**
 * What a time stamp of an envelope's signature by a time-stamping authority says (RFC 3161).
 *
 * <p>Needs {@code org.bouncycastle:bcpkix-jdk18on} on the class path, an optional dependency.
 *
 * @param time when the signature existed, by the authority's word
 * @param issuer name of the authority's certificate, and of who issued that
 * @param trusted whether the certificate leads to one that the reader trusts; without such a one
 *     the time is nobody's but the stamp's maker's claim
 * @since 0.1.0
 */
public record TimeStamp(Instant time, String issuer, boolean trusted) {
  /** A bundle of all authorities of a browser has some 200 KiB. */
  private static final int MAX_ANCHORS_BYTES = 4 << 20;

  /**
   * Asks an authority for a time stamp.
   *
   * @param authority its http or https address
   * @return the envelope with the token
   * @throws IOException if there is no answer, or none that stamps this signature
   * @throws IllegalStateException if BouncyCastle is missing
   */
  public static Envelope stamp(Envelope envelope, URI authority)
      throws IOException, InterruptedException {
    try {
      return Rfc3161.stamp(envelope, authority, Rfc3161.TIMEOUT);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  /**
   * What an envelope's stamp says, checked against the certificate inside it. Anybody can make such
   * a stamp with a certificate of his own: it is worth what its issuer is.
   *
   * @param anchors certificates of authorities that the reader trusts; may be empty
   * @throws RejectedException if there is no stamp, or if it is broken or stamps something else
   * @throws IllegalStateException if BouncyCastle is missing
   */
  public static TimeStamp verify(Envelope envelope, List<X509Certificate> anchors) {
    try {
      return Rfc3161.verify(envelope, anchors);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  /**
   * Checks the stamp, if there is one.
   *
   * @return what it says; empty if there is none
   * @throws RejectedException if it is broken or stamps something else
   */
  public static Optional<TimeStamp> verifyIfPresent(
      Envelope envelope, List<X509Certificate> anchors) {
    return envelope.timeStamp().isPresent()
        ? Optional.of(verify(envelope, anchors))
        : Optional.empty();
  }

  /**
   * Reads the certificates of trusted authorities.
   *
   * @param file X.509 certificates, PEM or DER
   * @throws IllegalArgumentException if it holds none
   * @throws IOException if it cannot be read
   */
  public static List<X509Certificate> anchors(Path file) throws IOException {
    try (InputStream in = new ByteArrayInputStream(BoundedFile.read(file, MAX_ANCHORS_BYTES))) {
      List<X509Certificate> anchors = new ArrayList<>();
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        anchors.add((X509Certificate) each);
      }
      if (anchors.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no X.509 certificate");
      }
      return anchors;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          file + " holds no X.509 certificate: " + e.getMessage(), e);
    }
  }

  private static IllegalStateException missing(NoClassDefFoundError cause) {
    return new IllegalStateException(
        "Time stamps need org.bouncycastle:bcpkix-jdk18on on the class path; add it", cause);
  }

  /** In one line. */
  @Override
  public String toString() {
    return time
        + " by "
        + issuer
        + (trusted ? ", trusted" : ", not trusted: no trust anchor that was given has issued it");
  }
}
