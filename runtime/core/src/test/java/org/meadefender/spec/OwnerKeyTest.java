package org.meadefender.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerKeyTest {
  @TempDir Path directory;

  @Test
  void savesAndLoadsForItsOwnerOnly() throws IOException {
    OwnerKey key = OwnerKey.generate();
    Path file = directory.resolve("owner.key");

    key.save(file);

    assertThat(OwnerKey.load(file)).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void neverOverwritesAKey() {
    Path file = directory.resolve("owner.key");
    OwnerKey first = OwnerKey.generate();
    first.save(file);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> OwnerKey.generate().save(file))
        .withMessageContaining("never overwritten");
    assertThat(OwnerKey.load(file)).isEqualTo(first);
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws IOException {
    Path file = directory.resolve("owner.key");
    OwnerKey.generate().save(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnerKey.load(file))
        .withMessageContaining("rw-r-----")
        .withMessageContaining("chmod 600");
  }

  @Test
  void refusesWhatIsNoKeyWithoutShowingIt() throws IOException {
    String almost = "0123456789abcdef".repeat(4).substring(1);
    for (String content : new String[] {"", almost, "x".repeat(64), "a".repeat(100_000), "ä€"}) {
      Path file = directory.resolve("bad-" + content.length());
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OwnerKey.load(file))
          .withMessageContaining("expected 64 hexadecimal digits")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(almost));
    }
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> OwnerKey.load(directory.resolve("missing")))
        .withMessageContaining("missing");
  }

  @Test
  void keepsItsAutoencoderInTheSameFile() throws IOException {
    byte[] autoencoder = new byte[1_000];
    new Random(1).nextBytes(autoencoder);
    OwnerKey bare = OwnerKey.generate();
    OwnerKey key = bare.withAutoencoder(autoencoder);
    Path file = directory.resolve("owner.key");
    key.save(file);
    OwnerKey loaded = OwnerKey.load(file);
    assertThat(loaded).isEqualTo(key).isNotEqualTo(bare);
    assertThat(loaded.autoencoder()).hasValue(autoencoder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(key.random("geometry").nextLong()).isEqualTo(bare.random("geometry").nextLong());
    assertThat(bare.autoencoder()).isEmpty();
    assertThat(key.toString()).isEqualTo("OwnerKey[fingerprint=" + key.fingerprint() + "]");
  }

  /** An accuser must not come with another autoencoder later. */
  @Test
  void itsFingerprintCoversTheAutoencoder() {
    OwnerKey key = OwnerKey.insecureFromSeed(1);
    assertThat(
            List.of(
                key.fingerprint(),
                key.withAutoencoder(new byte[] {1}).fingerprint(),
                key.withAutoencoder(new byte[] {2}).fingerprint()))
        .doesNotHaveDuplicates();
    assertThat(key.withAutoencoder(new byte[] {1})).isNotEqualTo(key.withAutoencoder(new byte[2]));
  }

  /** As before keys had autoencoders; computed with Python: {@code hmac(k, b"fingerprint")[:8]}. */
  @Test
  void readsAndWritesFilesOfOldAsTheyWere() throws IOException {
    String digits = "ec1d4c9f0a6b2f0e8d7c5b4a39281706f5e4d3c2b1a0998877665544332211aa";
    Path file = Files.writeString(directory.resolve("old.key"), digits + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    OwnerKey key = OwnerKey.load(file);
    assertThat(key.fingerprint()).isEqualTo("044c40d98fc49028");
    key.save(directory.resolve("again.key"));
    assertThat(directory.resolve("again.key")).hasSameBinaryContentAs(file);
  }

  @Test
  void refusesADamagedAutoencoder() throws IOException {
    OwnerKey key = OwnerKey.insecureFromSeed(1);
    Path good = directory.resolve("good.key");
    key.withAutoencoder(new byte[100]).save(good);
    String text = Files.readString(good);
    List<String> damaged =
        List.of(
            text.replace("autoencoder ", "autoencoder !"),
            text.replace("autoencoder ", "encoder "),
            text.replace("autoencoder ", ""),
            text.substring(0, 65) + "autoencoder",
            text.substring(0, text.length() - 4));
    for (int i = 0; i < damaged.size(); i++) {
      Path file = Files.writeString(directory.resolve("bad-" + i), damaged.get(i));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OwnerKey.load(file))
          .withMessageContaining("bad-")
          .withMessageContaining("owner's key")
          .withNoCause();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key.withAutoencoder(new byte[0]))
        .withMessageContaining("has 0 bytes; it must have from 1 to");
  }

  @Test
  void namesAMissingEnvironmentVariable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnerKey.fromEnvironment("MEA_DEFENDER_NOT_SET"))
        .withMessageContaining("MEA_DEFENDER_NOT_SET");
  }

  @Test
  void showsItsFingerprintOnly() throws IOException {
    OwnerKey key = OwnerKey.generate();
    Path file = directory.resolve("owner.key");
    key.save(file);
    String digits = Files.readString(file).strip();

    assertThat(key.toString()).contains(key.fingerprint());
    for (int start = 0; start + 8 <= digits.length(); start++) {
      assertThat(key.toString()).doesNotContain(digits.substring(start, start + 8));
    }
  }

  @Test
  void isOfNoUseOnceDestroyed() {
    OwnerKey key = OwnerKey.generate();
    key.destroy();
    assertThat(key.isDestroyed()).isTrue();
    assertThat(key).hasToString("OwnerKey[destroyed]").isNotEqualTo(OwnerKey.generate());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> key.random("geometry"))
        .withMessageContaining("load it again");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> key.save(directory.resolve("zeros.key")));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void drawsTheSameStreamForTheSameLabelOnly() {
    OwnerKey key = OwnerKey.insecureFromSeed(1);
    long first = key.random("geometry").nextLong();
    assertThat(key.random("geometry").nextLong()).isEqualTo(first);
    assertThat(key.random("target").nextLong()).isNotEqualTo(first);
    assertThat(OwnerKey.insecureFromSeed(2).random("geometry").nextLong()).isNotEqualTo(first);
  }

  /**
   * Fixed for ever: old registrations derive their choices from it. Computed with Python: {@code
   * k=sha256(b"mea-defender insecure key 1"); s=hmac(k, b"stream/geometry"); hmac(s,
   * bytes(8))[:8]}.
   */
  @Test
  void derivesWhatAnIndependentImplementationDerives() {
    assertThat(OwnerKey.insecureFromSeed(1).random("geometry").nextLong())
        .isEqualTo(4685643534110198804L);
  }
}
