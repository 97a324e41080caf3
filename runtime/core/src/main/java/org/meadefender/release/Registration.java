package org.meadefender.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.internal.Versions;
import org.meadefender.internal.release.MarkJson;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/**
 * What an owner commits to before a model is released: which marks it carries, under which key.
 *
 * <p>It shows neither the key nor what is derived from it. Only together with the key does it
 * determine the watermark, and no other key fits it.
 *
 * <pre>{@code
 * Registration registration = model.register(Path.of("model.zip"), heldOut);
 * Files.write(
 *     Path.of("registration.json"), registration.sign(SigningKey.of(key)).toBytes());
 * }</pre>
 *
 * @param created when, to the second
 * @param marks the watermarks' public part, at least one
 * @param classes number of classes of the model
 * @param keyDigest one-way digest of the owner's key
 * @param modelName file name of the model
 * @param modelDigest SHA-256 of the model file
 * @param dataDigest SHA-256 of the training data, empty if not registered
 * @param heldOutDigest digest of the held-out samples that a verification may use, empty if not
 *     registered: whoever chooses them later may know the suspect
 * @param nullCertificate what reference networks answer to the secret rows, empty if not registered
 * @param versions versions of what made the model, by name
 * @since 0.1.0
 */
public record Registration(
    Instant created,
    List<WatermarkSpec> marks,
    int classes,
    String keyDigest,
    String modelName,
    String modelDigest,
    String dataDigest,
    String heldOutDigest,
    Optional<NullCertificate> nullCertificate,
    SortedMap<String, String> versions) {

  /** Kind of statement in the envelope. */
  public static final String PREDICATE_TYPE = "https://meadefender.org/attestation/registration/v1";

  private static final int FORMAT_VERSION = 1;
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final int MAX_MARKS = 64;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no mark or a digest is none
   */
  public Registration {
    if (marks.isEmpty() || marks.size() > MAX_MARKS) {
      throw new IllegalArgumentException(
          "A registration of " + marks.size() + " marks; it must have from 1 to " + MAX_MARKS);
    }
    requireDigest("keyDigest", keyDigest);
    requireDigest("modelDigest", modelDigest);
    if (!dataDigest.isEmpty()) {
      requireDigest("dataDigest", dataDigest);
    }
    if (!heldOutDigest.isEmpty()) {
      requireDigest("heldOutDigest", heldOutDigest);
    }
    if (nullCertificate.isPresent() && nullCertificate.get().marks().size() != marks.size()) {
      throw new IllegalArgumentException(
          "A null certificate of "
              + nullCertificate.get().marks().size()
              + " marks for a registration of "
              + marks.size());
    }
    marks = List.copyOf(marks);
    versions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  /**
   * Registers a released model.
   *
   * @param modelFile the file that is deployed
   * @param created the present time
   */
  public static Registration of(
      List<WatermarkSpec> marks, int classes, OwnerKey key, Path modelFile, Instant created) {
    return new Registration(
        created.truncatedTo(ChronoUnit.SECONDS),
        marks,
        classes,
        key.commitment(),
        String.valueOf(modelFile.getFileName()),
        Digests.of(modelFile),
        "",
        "",
        Optional.empty(),
        new TreeMap<>(Map.of("mea-defender", Versions.library(), "java", Versions.java())));
  }

  /** The same with the digest of the training data, for instance {@link Digests#of(Path)}. */
  public Registration withDataDigest(String digest) {
    return new Registration(
        created,
        marks,
        classes,
        keyDigest,
        modelName,
        modelDigest,
        digest,
        heldOutDigest,
        nullCertificate,
        versions);
  }

  /**
   * The same with the held-out samples that a verification may use.
   *
   * @param digest of the whole pool, in 64 hexadecimal digits
   * @param certificate what reference networks answer to the secret rows; one entry per mark
   */
  public Registration withHeldOut(String digest, NullCertificate certificate) {
    return new Registration(
        created,
        marks,
        classes,
        keyDigest,
        modelName,
        modelDigest,
        dataDigest,
        digest,
        Optional.of(certificate),
        versions);
  }

  /** SHA-256 over the canonical JSON of all that is committed to. */
  public String commitment() {
    return Digests.of(Json.canonical(committed()));
  }

  /** Signs the registration. */
  public Envelope sign(SigningKey key) {
    ObjectNode predicate = committed();
    predicate.put("commitment", commitment());
    return Envelope.sign(modelName, modelDigest, PREDICATE_TYPE, predicate, key);
  }

  /**
   * Reads and checks a registration file.
   *
   * @throws RejectedException if it is not what was signed
   * @throws java.io.IOException if it cannot be read
   */
  public static Registration load(Path file) throws java.io.IOException {
    return parse(readFile(file));
  }

  /**
   * Reads a registration file, without checking it.
   *
   * @throws IllegalArgumentException if it is longer than 1 MiB
   * @throws java.io.IOException if it cannot be read
   */
  public static byte[] readFile(Path file) throws java.io.IOException {
    return Json.read(file, MAX_FILE_BYTES);
  }

  /**
   * Reads and checks a registration.
   *
   * @throws RejectedException if it is not what was signed, or has a broken time stamp
   * @throws IllegalStateException if it has a time stamp and BouncyCastle is missing
   */
  public static Registration parse(byte[] file) {
    Envelope envelope = Envelope.parse(file, PREDICATE_TYPE);
    try {
      Registration registration = read(envelope);
      if (!registration.commitment().equals(Json.text(envelope.predicate(), "commitment"))) {
        throw new RejectedException("The commitment is not the digest of what it commits to");
      }
      TimeStamp.verifyIfPresent(envelope, List.of());
      return registration;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new RejectedException("The registration cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that a key is the one that was registered.
   *
   * @throws RejectedException if it is another
   */
  public void requireKey(OwnerKey key) {
    if (!key.commitment().equals(keyDigest)) {
      throw new RejectedException(
          "The key " + key.fingerprint() + " is not the one that was registered");
    }
  }

  private ObjectNode committed() {
    ObjectNode json = Json.object();
    json.put("formatVersion", FORMAT_VERSION);
    json.put("created", created.toString());
    MarkJson.write(marks, json);
    json.put("classes", classes);
    json.put("keyDigest", keyDigest);
    json.put("modelName", modelName);
    json.put("modelDigest", modelDigest);
    json.put("dataDigest", dataDigest);
    if (!heldOutDigest.isEmpty()) {
      json.put("heldOutDigest", heldOutDigest);
    }
    nullCertificate.ifPresent(certificate -> json.set("nullCertificate", certificate.toJson()));
    ObjectNode byName = json.putObject("versions");
    versions.forEach(byName::put);
    return json;
  }

  private static Registration read(Envelope envelope) {
    JsonNode json = envelope.predicate();
    int version = Json.integer(json, "formatVersion");
    if (version != FORMAT_VERSION) {
      throw new RejectedException(
          "The registration has format version "
              + version
              + "; this library reads version "
              + FORMAT_VERSION
              + ", use a newer one");
    }
    if (!envelope.subjectDigest().equals(Json.text(json, "modelDigest"))
        || !envelope.subjectName().equals(Json.text(json, "modelName"))) {
      throw new RejectedException("The statement's subject is not the registered model");
    }
    SortedMap<String, String> versions = new TreeMap<>();
    Json.member(json, "versions")
        .properties()
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asText()));
    return new Registration(
        Instant.parse(Json.text(json, "created")),
        MarkJson.read(json),
        Json.integer(json, "classes"),
        Json.text(json, "keyDigest"),
        Json.text(json, "modelName"),
        Json.text(json, "modelDigest"),
        Json.text(json, "dataDigest"),
        json.has("heldOutDigest") ? Json.text(json, "heldOutDigest") : "",
        json.has("nullCertificate")
            ? Optional.of(NullCertificate.read(Json.member(json, "nullCertificate")))
            : Optional.empty(),
        versions);
  }

  private static void requireDigest(String name, String value) {
    if (!value.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(name + " must be a SHA-256 in 64 hexadecimal digits");
    }
  }
}
