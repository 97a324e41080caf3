package org.meadefender.data;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever IDX files hold, they are images or refused. */
class IdxFilesFuzzTest {
  @FuzzTest
  void areImagesOrRefused(FuzzedDataProvider data) throws IOException {
    Path directory = Files.createTempDirectory("idx");
    String packed = data.consumeBoolean() ? ".gz" : "";
    int length = data.consumeInt(0, 200);
    Path labels = directory.resolve("t10k-labels-idx1-ubyte" + packed);
    Path images = directory.resolve("t10k-images-idx3-ubyte" + packed);
    try {
      Files.write(labels, data.consumeBytes(length));
      Files.write(images, data.consumeRemainingAsBytes());
      ImageSets.heldOut(directory);
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    } finally {
      Files.deleteIfExists(labels);
      Files.deleteIfExists(images);
      Files.delete(directory);
    }
  }
}
