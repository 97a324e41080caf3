package org.meadefender.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

class RegistrationTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);

  @TempDir Path directory;
  private Registration registration;
  private byte[] file;

  @BeforeEach
  void register() throws IOException {
    Path model = Files.writeString(directory.resolve("model.zip"), "a model");
    registration =
        Registration.of(
                List.of(WatermarkSpec.of(0, 1, 0.1), WatermarkSpec.of(3, 4, 0.05).withTarget(7)),
                10,
                KEY,
                model,
                Instant.parse("2026-11-24T12:00:00.5Z"))
            .withDataDigest(Digests.of(model));
    file = registration.sign(SigningKey.of(KEY)).toBytes();
  }

  @Test
  void readsBack() throws IOException {
    assertThat(Registration.parse(file)).isEqualTo(registration);
    assertThat(Registration.load(Files.write(directory.resolve("r.json"), file)))
        .isEqualTo(registration);
    assertThat(registration.created()).isEqualTo("2026-11-24T12:00:00Z");
    assertThatCode(() -> registration.requireKey(KEY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> registration.requireKey(OwnerKey.insecureFromSeed(2)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("is not the one that was registered");
  }

  @Test
  void commitsToTheNameOfACombinerOfTheUsersOwn() throws IOException {
    Registration own =
        Registration.of(
            List.of(WatermarkSpec.of(0, 1, 0.1).withOwnCombiner("checkerboard")),
            10,
            KEY,
            directory.resolve("model.zip"),
            Instant.parse("2026-11-24T12:00:00Z"));
    byte[] signed = own.sign(SigningKey.of(KEY)).toBytes();
    assertThat(Registration.parse(signed)).isEqualTo(own);
    Registration other =
        Registration.of(
            List.of(WatermarkSpec.of(0, 1, 0.1).withOwnCombiner("mosaic")),
            10,
            KEY,
            directory.resolve("model.zip"),
            Instant.parse("2026-11-24T12:00:00Z"));
    assertThat(own.commitment()).isNotEqualTo(other.commitment());
  }

  /** The one it was registered with, and no other that is made up later. */
  @Test
  void commitsToTheAutoencoderOfTheKey() {
    OwnerKey key = KEY.withAutoencoder(new byte[] {1});
    Registration withOne =
        Registration.of(
            List.of(WatermarkSpec.of(0, 1, 0.1).withCombine(Combine.AUTOENCODER_BLENDING)),
            10,
            key,
            directory.resolve("model.zip"),
            Instant.parse("2026-11-24T12:00:00Z"));
    assertThat(Registration.parse(withOne.sign(SigningKey.of(key)).toBytes())).isEqualTo(withOne);
    assertThatCode(() -> withOne.requireKey(key)).doesNotThrowAnyException();
    for (OwnerKey other : List.of(KEY, KEY.withAutoencoder(new byte[] {2}))) {
      assertThatThrownBy(() -> withOne.requireKey(other))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining(other.fingerprint() + " is not the one that was registered");
    }
  }

  @Test
  void isAnInTotoStatementInADsseEnvelope() {
    var envelope = Json.parse(file, "file");
    assertThat(envelope.get("payloadType").asText()).isEqualTo("application/vnd.in-toto+json");
    byte[] payload = java.util.Base64.getDecoder().decode(envelope.get("payload").asText());
    var statement = Json.parse(payload, "payload");
    assertThat(statement.get("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.at("/subject/0/name").asText()).isEqualTo("model.zip");
    assertThat(statement.at("/subject/0/digest/sha256").asText())
        .isEqualTo(Digests.of("a model".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void showsNoSecret() {
    String text = new String(file, StandardCharsets.UTF_8);
    byte[] payload =
        java.util.Base64.getDecoder().decode(Json.parse(file, "f").get("payload").asText());
    String all = text + new String(payload, StandardCharsets.UTF_8);
    assertThat(all).doesNotContain(secretOf(KEY));
    // The target of the first mark is derived, and stays open here.
    assertThat(all).contains("\"target\":-1").contains("\"target\":7");
    assertThat(SigningKey.of(KEY).toString()).doesNotContain(secretOf(KEY));
  }

  private String secretOf(OwnerKey key) {
    Path saved = directory.resolve("key-" + System.nanoTime());
    key.save(saved);
    try {
      return Files.readString(saved).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everySingleBitCounts() {
    IntStream.range(0, file.length * 8)
        .parallel()
        .forEach(
            bit -> {
              byte[] changed = file.clone();
              changed[bit / 8] ^= (byte) (1 << (bit % 8));
              assertThatThrownBy(() -> Registration.parse(changed))
                  .describedAs("bit %d", bit)
                  .isInstanceOf(RejectedException.class)
                  .hasMessageMatching("(?s).{20,}");
            });
  }

  @Test
  void cutOrForeignFilesAreRejected() {
    for (int length = 0; length < file.length; length += 37) {
      byte[] cut = java.util.Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Registration.parse(cut)).isInstanceOf(RejectedException.class);
    }
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> Registration.parse(deep.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RejectedException.class);
    byte[] other =
        Envelope.sign("m", Digests.of(file), "https://other", Json.object(), SigningKey.of(KEY))
            .toBytes();
    assertThatThrownBy(() -> Registration.parse(other))
        .hasMessage("The statement is a https://other, not a " + Registration.PREDICATE_TYPE);
  }

  @Test
  void signingKeysAreDerivedOrGiven() throws Exception {
    assertThat(SigningKey.of(KEY).publicKey()).isEqualTo(SigningKey.of(KEY).publicKey());
    assertThat(SigningKey.of(KEY).publicKey())
        .isNotEqualTo(SigningKey.of(OwnerKey.insecureFromSeed(2)).publicKey());
    SigningKey own = SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    assertThat(Registration.parse(registration.sign(own).toBytes())).isEqualTo(registration);
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertThatThrownBy(() -> SigningKey.of(rsa)).hasMessageContaining("not for Ed25519");
  }

  /** Made by version 0.1.0; every later version must read it and derive the same from the key. */
  @Test
  void oldRegistrationsStayReadable() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("registration-v1.json"))) {
      byte[] old = in.readAllBytes();
      Registration read = Registration.parse(old);
      read.requireKey(KEY);
      assertThat(read.commitment())
          .isEqualTo("2756df0813cee84c4e23218f10268be65e757afc137314219ac92851db2ab6bb");
      assertThat(Envelope.parse(old, Registration.PREDICATE_TYPE).publicKey())
          .isEqualTo(SigningKey.of(KEY).publicKey());
      Watermark mark = Watermark.derive(read.marks().get(0), KEY, read.classes());
      assertThat(mark.target()).isEqualTo(7);
      assertThat(mark.secret())
          .hasToString(
              "Split[horizontal=false, position=0.4269880680688669, jitter=0.09375, aFirst=true]");
    }
  }
}
