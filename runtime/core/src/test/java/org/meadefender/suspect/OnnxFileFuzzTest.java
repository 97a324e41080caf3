package org.meadefender.suspect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever an ONNX file holds, it is a model or refused; ONNX Runtime itself is native code. */
class OnnxFileFuzzTest {
  @FuzzTest
  void isAModelOrRefused(byte[] content) throws IOException {
    Path file = Files.createTempFile("model", ".onnx");
    try {
      OnnxFile.load(Files.write(file, content), SuspectOptions.unknownClasses());
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    } finally {
      Files.delete(file);
    }
  }
}
