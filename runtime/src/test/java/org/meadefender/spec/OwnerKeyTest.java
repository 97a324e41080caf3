package org.meadefender.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
