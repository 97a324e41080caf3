package org.meadefender.release;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/**
 * Time stamps of an envelope's signature by a time-stamping authority (RFC 3161).
 *
 * <p>Needs {@code org.bouncycastle:bcpkix-jdk18on} on the class path, an optional dependency.
 */
public final class TimeStamps {
  private TimeStamps() {}

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
      return Rfc3161.stamp(envelope, authority);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  /**
   * The time that an envelope's stamp proves, checked against the certificate inside it. Whether
   * that certificate is to be trusted is for the reader to decide.
   *
   * @throws RejectedException if there is no stamp, or if it stamps something else
   * @throws IllegalStateException if BouncyCastle is missing
   */
  public static Instant verify(Envelope envelope) {
    try {
      return Rfc3161.verify(envelope);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(NoClassDefFoundError cause) {
    return new IllegalStateException(
        "Time stamps need org.bouncycastle:bcpkix-jdk18on on the class path; add it", cause);
  }
}
