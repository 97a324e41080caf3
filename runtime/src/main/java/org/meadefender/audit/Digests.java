package org.meadefender.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackData;

/** SHA-256 of what an audit works with. */
final class Digests {
  private Digests() {}

  static String of(Model network) {
    MessageDigest digest = sha256();
    add(digest, network.params().dup().data().asFloat());
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(AttackData... sets) {
    MessageDigest digest = sha256();
    for (AttackData data : sets) {
      for (int i = 0; i < data.size(); i++) {
        add(digest, data.row(i));
        digest.update((byte) data.topClass(i));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
