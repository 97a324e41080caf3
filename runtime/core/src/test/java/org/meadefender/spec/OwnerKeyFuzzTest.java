package org.meadefender.spec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever a key file holds, it is a key or refused. */
class OwnerKeyFuzzTest {
  @FuzzTest
  void isAKeyOrRefused(byte[] content) throws IOException {
    Path file = Files.createTempFile("owner", ".key");
    try {
      OwnerKey.load(Files.write(file, content));
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    } finally {
      Files.delete(file);
    }
  }
}
