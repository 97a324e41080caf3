package org.meadefender.suspect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever a NumPy file holds, it is numbers or refused. */
class NpyFileFuzzTest {
  @FuzzTest
  void isNumbersOrRefused(byte[] content) throws IOException {
    Path file = Files.createTempFile("array", ".npy");
    try {
      NpyFile.read(Files.write(file, content));
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    } finally {
      Files.delete(file);
    }
  }
}
