package org.meadefender.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.meadefender.internal.Json;
import org.meadefender.release.Envelope;
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
 *
 * <pre>{@code
 * Evidence evidence =
 *     Evidence.gather(
 *         Registration.readFile(Path.of("registration.json")),
 *         key,
 *         SigningKey.of(key),
 *         suspect,
 *         heldOut,
 *         VerificationOptions.DEFAULT,
 *         Transcript.create());
 * Files.write(Path.of("evidence.json"), evidence.toBytes());
 * OwnershipVerdict checked = Evidence.check(evidence.toBytes(), key, heldOut); // by somebody else
 * }</pre>
 *
 * @since 0.1.0
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
   * @throws IllegalArgumentException if the options name reference models, whose answers nobody
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
    if (!options.referenceModels().isEmpty()) {
      throw new IllegalArgumentException(
          "Evidence cannot rest on reference models, which its readers do not have; leave them"
              + " out");
    }
    Registration registered = Registration.parse(registration);
    requireSigner(registration, signer.publicKey());
    OwnershipVerdict verdict =
        OwnershipVerifier.of(registered, key)
            .withOptions(options)
            .verify(transcript.recording(suspect, options), heldOut);
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
    // All answers come from the transcript now.
    claimed.remove("freshQueries");
    found.remove("freshQueries");
    boolean same =
        Json.text(claimed, "verdict").equals(Json.text(found, "verdict"))
            && sameMembers(claimed, found)
            && Arrays.equals(
                Json.canonical(VerdictJson.withoutPanel(claimed)),
                Json.canonical(VerdictJson.withoutPanel(found)));
    if (!same) {
      throw new RejectedException(
          "The figures do not follow from the recorded answers and the reference panel: claimed "
              + claimed.path("verdict").asText()
              + ", found "
              + found.path("verdict").asText());
    }
    return verdict;
  }

  /** The same samples, architectures and seeds; accuracies may differ in the last digits. */
  private static boolean sameMembers(ObjectNode claimed, ObjectNode found) {
    JsonNode ofClaimed = Json.member(claimed, "panel");
    JsonNode ofFound = Json.member(found, "panel");
    return Json.text(ofClaimed, "dataDigest").equals(Json.text(ofFound, "dataDigest"))
        && names(ofClaimed).equals(names(ofFound));
  }

  private static List<String> names(JsonNode panel) {
    List<String> names = new ArrayList<>();
    for (JsonNode member : Json.array(panel, "members")) {
      names.add(Json.text(member, "architecture") + "/" + member.path("seed").asLong());
    }
    return names;
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
    json.put("modelAlpha", Double.toString(options.modelAlpha()));
    json.put("nullCeiling", Double.toString(options.nullCeiling()));
    json.put("queryBudget", options.queryBudget());
    return json;
  }

  private static VerificationOptions options(JsonNode json) {
    return VerificationOptions.DEFAULT
        .withAlpha(Double.parseDouble(Json.text(json, "alpha")))
        .withModelAlpha(Double.parseDouble(Json.text(json, "modelAlpha")))
        .withNullCeiling(Double.parseDouble(Json.text(json, "nullCeiling")))
        .withRows(Json.integer(json, "rows"))
        .withBatch(Json.integer(json, "batch"))
        .withQueryBudget(Json.integer(json, "queryBudget"));
  }
}
