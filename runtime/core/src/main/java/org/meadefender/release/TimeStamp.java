package org.meadefender.release;

import java.time.Instant;

/**
 * What a time stamp says.
 *
 * @param time when the signature existed, by the authority's word
 * @param issuer name of the authority's certificate, and of who issued that
 * @param trusted whether the certificate leads to one that the reader trusts; without such a one
 *     the time is nobody's but the stamp's maker's claim
 */
public record TimeStamp(Instant time, String issuer, boolean trusted) {

  /** In one line. */
  @Override
  public String toString() {
    return time
        + " by "
        + issuer
        + (trusted ? ", trusted" : ", not trusted: no trust anchor that was given has issued it");
  }
}
