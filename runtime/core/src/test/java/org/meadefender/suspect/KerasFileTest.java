package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no Keras models that can be imported; see make_models.py beside the resources. */
class KerasFileTest {
  @TempDir Path directory;

  private Path copy(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in = Objects.requireNonNull(KerasFileTest.class.getResourceAsStream(name))) {
      Files.copy(in, file);
    }
    return file;
  }

  private static void assertRefused(Path file, String... words) {
    assertThatThrownBy(() -> Suspects.open(file.toString(), SuspectOptions.ofClasses(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void theReasonIsDeeplearning4js() throws IOException {
    assertRefused(copy("keras3.h5"), "can import: ", "convert it to ONNX (tf2onnx)");
    assertRefused(copy("weights-only.h5"), "holds weights without the model", "model.save(...)");
    byte[] whole = Files.readAllBytes(copy("digits.h5"));
    assertRefused(
        Files.write(directory.resolve("cut.h5"), Arrays.copyOf(whole, 3000)),
        "is a damaged HDF5 file: ");
  }

  @Test
  void kerasFormatIsNamed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("metadata.json"));
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
    }
    assertRefused(
        Files.write(directory.resolve("net.keras"), bytes.toByteArray()),
        "is in the .keras format, which Deeplearning4j does not import",
        "convert it to ONNX");
  }

  @ParameterizedTest
  @CsvSource({
    "h5, 'version https://git-lfs.github.com/spec/v1', a pointer of Git LFS",
    "h5, '<!DOCTYPE html><html>', a web page",
    "zip, 'version https://git-lfs.github.com/spec/v1', a pointer of Git LFS",
    "zip, '', is empty",
    "onnx, '<html>Sign in', a web page",
    "h5, text, is no HDF5 file"
  })
  void otherFilesAreNamed(String ending, String content, String words) throws IOException {
    assertRefused(Files.writeString(directory.resolve("net." + ending), content), words);
  }

  @Test
  void contentDecidesWhereTheNameDoesNot() throws IOException {
    Path file = Files.copy(copy("digits.h5"), directory.resolve("model.bin"));
    assertThat(Suspects.open(file.toString(), SuspectOptions.ofClasses(10)).identity())
        .startsWith("sha256:");
  }

  /** What a process prints that opens each file. */
  public static final class Opening {
    private Opening() {}

    /** Opens. */
    public static void main(String[] files) {
      for (String file : files) {
        try {
          Suspects.open(file, SuspectOptions.ofClasses(10));
          System.out.println("opened");
        } catch (IllegalArgumentException e) {
          System.out.println("refused");
        }
      }
    }
  }

  /** An unused initializer makes ONNX Runtime warn, a damaged file makes HDF5 print its stack. */
  @Test
  void nativeLibrariesAreQuiet() throws Exception {
    Path onnx = directory.resolve("unused.onnx");
    Files.write(
        onnx,
        new OnnxModels()
            .input("x", OnnxModels.FLOAT, -1, 10)
            .constant("unused", new long[] {1}, 1)
            .node("Identity", "x", "y")
            .output("y", OnnxModels.FLOAT, -1, 10)
            .toBytes());
    byte[] whole = Files.readAllBytes(copy("digits.h5"));
    Path damaged = Files.write(directory.resolve("cut.h5"), Arrays.copyOf(whole, 3000));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            Opening.class.getName(),
            onnx.toString(),
            damaged.toString(),
            copy("weights-only.h5").toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    // Not on the command line, which ONNX Runtime wants short.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.lines()).containsExactly("opened", "refused", "refused");
  }
}
