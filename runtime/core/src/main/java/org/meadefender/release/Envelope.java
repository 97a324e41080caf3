package org.meadefender.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;

/**
 * A DSSE envelope around an in-toto statement, signed with Ed25519: the shape that OpenSSF's model
 * signing uses.
 *
 * <p>The statement's predicate holds the public key, so that the file can be checked by itself; who
 * the key belongs to is for the reader to find out. A time stamp of the signature (RFC 3161) may
 * stand beside it.
 *
 * @since 0.1.0
 */
public final class Envelope {
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  private static final String STAMP_DIGEST = "timeStampSha256";
  private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";

  private final byte[] payload;
  private final byte[] signature;
  private final JsonNode statement;
  private final byte @Nullable [] timeStamp;

  /** Whether the file holds the digest of its stamp; those of earlier versions do not. */
  private final boolean digested;

  private Envelope(
      byte[] payload, byte[] signature, byte @Nullable [] timeStamp, boolean digested) {
    this.payload = payload;
    this.signature = signature;
    this.timeStamp = timeStamp;
    this.digested = digested;
    this.statement = Json.parse(payload, "The signed statement");
  }

  /**
   * Signs a statement.
   *
   * @param subjectName name of what the statement is about
   * @param subjectDigest its SHA-256
   * @param predicateType URI of the kind of statement
   * @param predicate what is stated; the public key is added to it
   */
  public static Envelope sign(
      String subjectName,
      String subjectDigest,
      String predicateType,
      ObjectNode predicate,
      SigningKey key) {
    ObjectNode statement = Json.object();
    statement.put("_type", STATEMENT_TYPE);
    ObjectNode subject = statement.putArray("subject").addObject();
    subject.put("name", subjectName);
    subject.putObject("digest").put("sha256", subjectDigest);
    statement.put("predicateType", predicateType);
    ObjectNode body = statement.putObject("predicate");
    body.setAll(predicate);
    body.put("publicKey", Base64.getEncoder().encodeToString(key.publicKey()));
    byte[] payload = Json.canonical(statement);
    return new Envelope(payload, key.sign(preAuthentication(payload)), null, false);
  }

  /** The same with a time stamp of the signature, a DER-encoded RFC 3161 token. */
  public Envelope withTimeStamp(byte[] token) {
    return new Envelope(payload, signature, token.clone(), true);
  }

  /**
   * Reads and checks an envelope.
   *
   * @throws RejectedException if it was not signed as it stands; a single changed bit is enough
   */
  public static Envelope parse(byte[] file, String predicateType) {
    Envelope envelope = parse(file);
    if (!envelope.predicateType().equals(predicateType)) {
      throw new RejectedException(
          "The statement is a " + envelope.predicateType() + ", not a " + predicateType);
    }
    return envelope;
  }

  /**
   * Reads and checks an envelope of any kind of statement.
   *
   * @throws RejectedException if it was not signed as it stands; a single changed bit is enough
   */
  public static Envelope parse(byte[] file) {
    try {
      JsonNode json = Json.parse(file, "The envelope");
      JsonNode signatures = Json.array(json, "signatures");
      if (signatures.size() != 1) {
        throw new IllegalArgumentException(
            "The envelope has " + signatures.size() + " signatures; expected 1");
      }
      Envelope envelope =
          new Envelope(
              decode(json, "payload"),
              decode(signatures.get(0), "sig"),
              json.has("timeStamp") ? decode(json, "timeStamp") : null,
              json.has(STAMP_DIGEST));
      envelope.requireValid(file);
      return envelope;
    } catch (IllegalArgumentException e) {
      throw new RejectedException("The file is no valid envelope: " + e.getMessage(), e);
    }
  }

  private void requireValid(byte[] file) {
    if (!Json.text(statement, "_type").equals(STATEMENT_TYPE) || predicateType().isEmpty()) {
      throw new RejectedException("The statement is no " + STATEMENT_TYPE);
    }
    if (!SigningKey.verifies(publicKey(), preAuthentication(payload), signature)) {
      throw new RejectedException(
          "The signature does not belong to the statement: one of them was changed");
    }
    if (!Arrays.equals(file, toBytes())) {
      throw new RejectedException(
          "The file is not in the form in which it was written: something unsigned was changed");
    }
  }

  /** The file, in the only form that {@link #parse} takes. */
  public byte[] toBytes() {
    ObjectNode json = Json.object();
    json.put("payloadType", PAYLOAD_TYPE);
    json.put("payload", Base64.getEncoder().encodeToString(payload));
    ObjectNode entry = json.putArray("signatures").addObject();
    entry.put("keyid", Digests.of(publicKey()));
    entry.put("sig", Base64.getEncoder().encodeToString(signature));
    if (timeStamp != null) {
      json.put("timeStamp", Base64.getEncoder().encodeToString(timeStamp));
      if (digested) {
        // A stamp has parts that its own signature does not cover.
        json.put(STAMP_DIGEST, Digests.of(timeStamp));
      }
    }
    return Json.canonical(json);
  }

  /** URI of the kind of statement. */
  public String predicateType() {
    return Json.text(statement, "predicateType");
  }

  /** What is stated. */
  public JsonNode predicate() {
    return Json.member(statement, "predicate");
  }

  /** Name of what the statement is about. */
  public String subjectName() {
    return Json.text(subject(), "name");
  }

  /** SHA-256 of what the statement is about. */
  public String subjectDigest() {
    return Json.text(Json.member(subject(), "digest"), "sha256");
  }

  private JsonNode subject() {
    JsonNode subjects = Json.array(statement, "subject");
    if (subjects.size() != 1) {
      throw new IllegalArgumentException("The statement must have one subject");
    }
    return subjects.get(0);
  }

  /** The public key that verifies the signature, in X.509 form. */
  public byte[] publicKey() {
    return decode(predicate(), "publicKey");
  }

  /** The signature, which a time stamp is made of. */
  public byte[] signature() {
    return signature.clone();
  }

  /** The RFC 3161 token, if there is one. */
  public Optional<byte[]> timeStamp() {
    return Optional.ofNullable(timeStamp).map(byte[]::clone);
  }

  private static byte[] decode(JsonNode object, String name) {
    try {
      return Base64.getDecoder().decode(Json.text(object, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The member \"" + name + "\" must be Base64", e);
    }
  }

  /** DSSE's pre-authentication encoding: type and payload cannot be mistaken for each other. */
  private static byte[] preAuthentication(byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String head =
        "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ";
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }
}
