package org.meadefender.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Base64;
import org.meadefender.release.Envelope;
import org.meadefender.release.Json;
import org.meadefender.release.Registration;
import org.meadefender.release.RejectedException;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A verdict that others can check: with the registration, and with what the suspect answered to
 * every batch, signed.
 *
 * <p>Who holds the key and the held-out data derives all rows again. Rows that were chosen or
 * optimised afterwards do not derive from a registered key, and are rejected.
 */
public final class Evidence {
  /** Kind of statement in the envelope. */
  public static final String PREDICATE_TYPE = "https://meadefender.org/attestation/evidence/v1";

  private static final int FORMAT_VERSION = 1;
  private static final int MAX_FILE_BYTES = 256 << 20;

  private final OwnershipVerdict verdict;
  private final Envelope envelope;

  private Evidence(OwnershipVerdict verdict, Envelope envelope) {
    this.verdict = verdict;
    this.envelope = envelope;
  }

  /**
   * Verifies a suspect and keeps what is needed to check it.
   *
   * @param registration the registration file
   * @param key the registered key
   * @param signer the pair that signed the registration
   * @param transcript where batches are recorded; a resumed one is gone on with
   * @throws RejectedException if key or signer are not the registered ones
   * @throws IllegalArgumentException if the options name independent models, whose answers nobody
   *     could check later
   */
  public static Evidence gather(
      byte[] registration,
      OwnerKey key,
      SigningKey signer,
      SuspectModel suspect,
      DataSetIterator heldOut,
      VerificationOptions options,
      Transcript transcript) {
    if (!options.independents().isEmpty()) {
      throw new IllegalArgumentException(
          "Evidence cannot rest on independent models, which its readers do not have; leave them"
              + " out");
    }
    Registration registered = Registration.parse(registration);
    requireSigner(registration, signer.publicKey());
    OwnershipVerdict verdict =
        OwnershipVerifier.of(registered, key)
            .withOptions(options)
            .verify(transcript.recording(suspect), heldOut);
    ObjectNode predicate = Json.object();
    predicate.put("formatVersion", FORMAT_VERSION);
    predicate.put("registration", Base64.getEncoder().encodeToString(registration));
    predicate.set("options", optionsJson(options));
    predicate.set("verdict", VerdictJson.signable(VerdictJson.of(verdict)));
    predicate.set("transcript", transcript.toJson());
    return new Evidence(
        verdict,
        Envelope.sign(
            suspect.identity(),
            verdict.figures().origin().transcriptHash(),
            PREDICATE_TYPE,
            predicate,
            signer));
  }

  /** The verdict. */
  public OwnershipVerdict verdict() {
    return verdict;
  }

  /** The file to hand in. */
  public byte[] toBytes() {
    return envelope.toBytes();
  }

  /**
   * Reads an evidence file, without checking it.
   *
   * @throws IllegalArgumentException if it is longer than 256 MiB
   * @throws java.io.IOException if it cannot be read
   */
  public static byte[] read(java.nio.file.Path file) throws java.io.IOException {
    return Json.read(file, MAX_FILE_BYTES);
  }

  /**
   * Derives all rows again and compares every figure.
   *
   * @param evidence the evidence file
   * @param key the owner's key
   * @param heldOut the same held-out data in the same order
   * @return the verdict that was found again
   * @throws RejectedException if anything does not fit, with the reason
   */
  public static OwnershipVerdict check(byte[] evidence, OwnerKey key, DataSetIterator heldOut) {
    Envelope envelope = Envelope.parse(evidence, PREDICATE_TYPE);
    try {
      return check(envelope, key, heldOut);
    } catch (IllegalArgumentException e) {
      throw new RejectedException("The evidence cannot be read: " + e.getMessage(), e);
    }
  }

  private static OwnershipVerdict check(Envelope envelope, OwnerKey key, DataSetIterator heldOut) {
    JsonNode predicate = envelope.predicate();
    if (Json.integer(predicate, "formatVersion") != FORMAT_VERSION) {
      throw new RejectedException(
          "The evidence has format version "
              + Json.integer(predicate, "formatVersion")
              + "; this library reads version "
              + FORMAT_VERSION);
    }
    byte[] registration = Base64.getDecoder().decode(Json.text(predicate, "registration"));
    Registration registered = Registration.parse(registration);
    requireSigner(registration, envelope.publicKey());
    Transcript transcript = Transcript.of(Json.array(predicate, "transcript"));
    OwnershipVerdict verdict =
        OwnershipVerifier.of(registered, key)
            .withOptions(options(Json.member(predicate, "options")))
            .verify(transcript.replay(envelope.subjectName()), heldOut);
    ObjectNode claimed = Json.member(predicate, "verdict").deepCopy();
    ObjectNode found = (ObjectNode) VerdictJson.signable(VerdictJson.of(verdict));
    // A newer version of this library may find the same.
    claimed.remove("version");
    found.remove("version");
    if (!Arrays.equals(Json.canonical(claimed), Json.canonical(found))) {
      throw new RejectedException(
          "The figures do not follow from the recorded answers: claimed "
              + claimed.path("verdict").asText()
              + ", found "
              + found.path("verdict").asText());
    }
    return verdict;
  }

  private static void requireSigner(byte[] registration, byte[] publicKey) {
    byte[] registered = Envelope.parse(registration, Registration.PREDICATE_TYPE).publicKey();
    if (!Arrays.equals(registered, publicKey)) {
      throw new RejectedException("Registration and evidence are signed by different keys");
    }
  }

  private static ObjectNode optionsJson(VerificationOptions options) {
    ObjectNode json = Json.object();
    json.put("rows", options.rows());
    json.put("batch", options.batch());
    json.put("alpha", Double.toString(options.alpha()));
    json.put("nullCeiling", Double.toString(options.nullCeiling()));
    json.put("queryBudget", options.queryBudget());
    return json;
  }

  private static VerificationOptions options(JsonNode json) {
    return new VerificationOptions(
        Json.integer(json, "rows"),
        Json.integer(json, "batch"),
        Double.parseDouble(Json.text(json, "alpha")),
        Double.parseDouble(Json.text(json, "nullCeiling")),
        Json.integer(json, "queryBudget"),
        java.util.List.of());
  }
}
