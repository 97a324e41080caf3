package org.meadefender.audit;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.Digests;

/** SHA-256 of the models and data that an audit works with. */
final class Fingerprints {
  private Fingerprints() {}

  static String of(Model network) {
    MessageDigest digest = Digests.sha256();
    Digests.add(digest, network.params().dup().data().asFloat());
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(LabelledSamples... sets) {
    MessageDigest digest = Digests.sha256();
    for (LabelledSamples data : sets) {
      for (int i = 0; i < data.size(); i++) {
        Digests.add(digest, data.row(i));
        digest.update((byte) data.topClass(i));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
