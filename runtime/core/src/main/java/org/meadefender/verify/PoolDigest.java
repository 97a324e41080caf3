package org.meadefender.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.meadefender.internal.Digests;

/** Digest of a whole pool of labelled samples, whatever their order. */
final class PoolDigest {
  /** One of so many samples, by its content, ... */
  private static final int SHARES = 5;

  /** ... of which so many go to the reference networks. */
  private static final int FOR_PANEL = 2;

  private final List<byte[]> digests = new ArrayList<>();

  /** A sample's place in the pool, which depends on nothing but its values. */
  enum Part {
    /** The suspect may be asked about it. */
    QUESTIONS,
    /** Reference networks are trained on it. */
    PANEL
  }

  /** Adds a sample, and tells which part it belongs to. */
  Part add(float[] sample, int label) {
    MessageDigest digest = Digests.sha256();
    Digests.add(digest, sample);
    byte[] ofValues = digest.digest();
    digest.update(ofValues);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(label).flip());
    digests.add(digest.digest());
    return Byte.toUnsignedInt(ofValues[0]) % SHARES < FOR_PANEL ? Part.PANEL : Part.QUESTIONS;
  }

  /** Number of samples. */
  int size() {
    return digests.size();
  }

  /** SHA-256 over the digests of all samples, sorted. */
  String value() {
    MessageDigest digest = Digests.sha256();
    digests.stream().sorted(Arrays::compareUnsigned).forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }
}
