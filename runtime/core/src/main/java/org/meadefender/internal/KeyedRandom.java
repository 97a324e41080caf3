package org.meadefender.internal;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A deterministic stream of random numbers: HMAC-SHA-256 of a counter under a derived key.
 *
 * <p>Without the key no choice can be foreseen, with it every choice can be derived again. Not
 * thread-safe.
 */
final class KeyedRandom implements RandomGenerator {
  private final byte[] key;
  private long counter;
  private ByteBuffer block = ByteBuffer.allocate(0);

  KeyedRandom(byte[] key) {
    this.key = key;
  }

  @Override
  public long nextLong() {
    if (block.remaining() < Long.BYTES) {
      byte[] message = ByteBuffer.allocate(Long.BYTES).putLong(counter++).array();
      block = ByteBuffer.wrap(Digests.hmac(key, message));
    }
    return block.getLong();
  }
}
