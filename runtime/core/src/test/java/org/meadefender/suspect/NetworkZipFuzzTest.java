package org.meadefender.suspect;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.util.ModelSerializer;

/** Whatever a zip holds, it is a network or refused. */
class NetworkZipFuzzTest {
  @FuzzTest
  void isANetworkOrRefused(FuzzedDataProvider data) throws IOException {
    if (data.consumeBoolean()) {
      load(data.consumeRemainingAsBytes());
      return;
    }
    int length = data.consumeInt(0, 1000);
    // Packed properly, so that what is inside is looked at too.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(ModelSerializer.COEFFICIENTS_BIN));
      byte[] numbers = data.consumeBytes(length);
      zip.write(numbers);
      zip.putNextEntry(new ZipEntry(ModelSerializer.NORMALIZER_BIN));
      zip.write(numbers);
      zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
      zip.write(data.consumeRemainingAsBytes());
    }
    load(bytes.toByteArray());
  }

  private static void load(byte[] zip) throws IOException {
    try {
      NetworkZip.load(new ByteArrayInputStream(zip), "model.zip");
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    }
  }
}
