package org.meadefender.samples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

class SecretScanTest {
  private static final byte[] SECRET =
      HexFormat.of().parseHex("00ff10203040aabbccddeeff0123456789abcdef00112233445566778899aabb");

  @TempDir Path directory;

  private SecretScan scan() {
    return new SecretScan().bytes("key", SECRET);
  }

  @Test
  void everyFormIsFoundInFiles() throws Exception {
    byte[] framed = new byte[SECRET.length + 7];
    System.arraycopy(SECRET, 0, framed, 4, SECRET.length);
    List<byte[]> contents =
        List.of(
            framed,
            text("key=" + HexFormat.of().formatHex(SECRET) + ";"),
            text(HexFormat.of().withUpperCase().formatHex(SECRET)),
            text(Base64.getEncoder().encodeToString(SECRET)),
            text(Base64.getEncoder().encodeToString(framed)),
            text(Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(framed, 2, 37))),
            text(Arrays.toString(SECRET)),
            HexFormat.of().formatHex(SECRET).getBytes(StandardCharsets.UTF_16BE));

    for (int i = 0; i < contents.size(); i++) {
      Path folder = Files.createDirectories(directory.resolve("case-" + i + "/deep"));
      Files.write(folder.resolve("file"), contents.get(i));
      SecretScan scan = scan();
      scan.search(directory.resolve("case-" + i));
      assertThat(scan.places()).as("form " + i).isNotEmpty();
    }
  }

  @Test
  void otherBytesAreNone() throws Exception {
    byte[] other = SECRET.clone();
    other[5]++;
    Files.write(directory.resolve("file"), other);
    SecretScan scan = scan();

    scan.search(directory);
    scan.search("a text", HexFormat.of().formatHex(other));

    assertThat(scan.places()).isEmpty();
    assertThat(scan.searched()).containsExactly("a text", "file");
  }

  @Test
  void marksAndTargetAreFound() {
    TrainingMarks marks =
        TrainingMarks.of(
            List.of(WatermarkSpec.of(0, 1, 0.1).withTarget(2)), OwnerKey.insecureFromSeed(1), 4);
    String properties =
        new String(Base64.getDecoder().decode(marks.toText()), StandardCharsets.UTF_8);

    for (String line : properties.lines().filter(each -> each.length() > 60).toList()) {
      SecretScan scan = new SecretScan().marks(marks, 2);
      scan.search("a text", line.split("=", 2)[1]);
      assertThat(scan.places()).isNotEmpty();
    }
    SecretScan scan = new SecretScan().marks(marks, 2);
    scan.search("a text", "WatermarkSpec[sourceA=0, sourceB=1, target=2]");
    assertThat(scan.places()).containsExactly("a text: target as target=%d");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
