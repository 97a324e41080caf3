package org.meadefender.release;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.spec.OwnerKey;

/** Whatever a registration file holds, it is read or rejected. */
class RegistrationFuzzTest {
  private static final SigningKey SIGNER = SigningKey.of(OwnerKey.insecureFromSeed(1));

  @FuzzTest
  void isReadOrRejected(byte[] file) {
    parse(file);
    try {
      // Signed properly, so that what is stated is looked at too.
      if (Json.parse(file, "input") instanceof ObjectNode predicate) {
        parse(
            Envelope.sign(
                    "model.zip",
                    Digests.of(file),
                    Registration.PREDICATE_TYPE,
                    predicate.put("modelName", "model.zip").put("modelDigest", Digests.of(file)),
                    SIGNER)
                .toBytes());
      }
    } catch (IllegalArgumentException expected) {
      // No JSON.
    }
  }

  private static void parse(byte[] file) {
    try {
      Registration.parse(file);
    } catch (RejectedException expected) {
      // Any other exception is a finding.
    }
  }
}
