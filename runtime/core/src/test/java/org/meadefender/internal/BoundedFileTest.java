package org.meadefender.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
  @TempDir Path directory;

  @Test
  void readsUpToTheLimit() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "abc");
    assertThat(BoundedFile.read(file, 3)).hasSize(3);
    assertThat(BoundedFile.text(file, Integer.MAX_VALUE)).isEqualTo("abc");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundedFile.read(file, 2))
        .withMessageContaining("is longer than 2 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundedFile.read(directory, 2))
        .withMessageContaining("is a directory");
  }

  /** Files of devices tell no length. */
  @Test
  void filesWithoutALengthAreBoundedToo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundedFile.read(Path.of("/dev/zero"), 1000))
        .withMessageContaining("is longer than 1000 bytes");
  }

  @Test
  void whatDoesNotFitIntoMemoryIsNotRead() {
    Path file = directory.resolve("file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundedFile.requireLength(file, 30 << 20, 64 << 20, 20 << 20))
        .withMessageContaining("has 30 MiB, but Java has memory for 20 MiB only")
        .withMessageContaining("-Xmx");
    assertThatCode(() -> BoundedFile.requireLength(file, 20 << 20, 64 << 20, 20 << 20))
        .doesNotThrowAnyException();
  }
}
