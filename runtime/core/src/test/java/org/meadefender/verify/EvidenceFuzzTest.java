package org.meadefender.verify;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.release.Envelope;
import org.meadefender.release.Registration;
import org.meadefender.release.RejectedException;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Whatever evidence or a transcript holds, it is read or rejected. */
class EvidenceFuzzTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);
  private static final SigningKey SIGNER = SigningKey.of(KEY);
  private static final DataSetIterator HELD_OUT = new FlatWorld(3).heldOut(2);
  private static final String REGISTRATION = registration();

  private static String registration() {
    byte[] bytes =
        new Registration(
                Instant.EPOCH,
                List.of(WatermarkSpec.of(0, 1, 0.1)),
                3,
                KEY.commitment(),
                "model.zip",
                Digests.of(new byte[0]),
                "",
                "",
                java.util.Optional.empty(),
                new java.util.TreeMap<>())
            .sign(SIGNER)
            .toBytes();
    return Base64.getEncoder().encodeToString(bytes);
  }

  @FuzzTest
  void isReadOrRejected(byte[] file) throws IOException {
    check(file);
    try {
      // Signed properly and for a registration that fits, so that the rest is looked at too.
      if (Json.parse(file, "input") instanceof ObjectNode predicate) {
        check(
            Envelope.sign(
                    "suspect",
                    Digests.of(file),
                    Evidence.PREDICATE_TYPE,
                    predicate.put("formatVersion", 1).put("registration", REGISTRATION),
                    SIGNER)
                .toBytes());
      }
    } catch (IllegalArgumentException expected) {
      // No JSON.
    }
    Path transcript = Files.createTempFile("transcript", ".jsonl");
    try {
      Transcript.resume(Files.write(transcript, file));
    } catch (RejectedException expected) {
      // Any other exception is a finding.
    } finally {
      Files.delete(transcript);
    }
  }

  private static void check(byte[] file) {
    try {
      Evidence.check(file, KEY, HELD_OUT);
    } catch (RejectedException expected) {
      // Any other exception is a finding.
    }
  }
}
