package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models that other frameworks made: see make_models.py beside the resources. */
class FileSuspectsTest {
  @TempDir Path directory;

  private static JsonNode expected() throws IOException {
    try (InputStream in = resource("digits.json")) {
      return Json.parse(in.readAllBytes(), "digits.json");
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(FileSuspectsTest.class.getResourceAsStream(name));
  }

  private Path copy(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in = resource(name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private static float[][] matrix(JsonNode rows) {
    float[][] values = new float[rows.size()][rows.get(0).size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = rows.get(i).get(j).floatValue();
      }
    }
    return values;
  }

  private static void assertAnswers(SuspectModel suspect, INDArray inputs) throws IOException {
    float[][] probabilities = matrix(expected().get("probabilities"));
    float[][] answers = suspect.predict(inputs).toFloatMatrix();
    assertThat(answers).hasDimensions(8, 10);
    for (int i = 0; i < answers.length; i++) {
      for (int j = 0; j < answers[i].length; j++) {
        assertThat(answers[i][j]).isCloseTo(probabilities[i][j], within(1e-4f));
      }
    }
  }

  @Test
  void onnxAnswersAsTheFrameworkThatTrainedIt() throws IOException {
    INDArray images = Nd4j.createFromArray(matrix(expected().get("inputs"))).reshape(8, 1, 8, 8);
    SuspectModel suspect = SuspectModel.onnx(copy("digits.onnx"));
    assertAnswers(suspect, images);
    assertThat(suspect.identity()).matches("sha256:[0-9a-f]{64}");
    // Given as 0 to 255 and channels last, the format brings them back.
    INDArray bytes = images.mul(255).permute(0, 2, 3, 1).dup('c');
    assertAnswers(
        suspect.withFormat(
            InputFormat.SAME
                .withLayout(InputFormat.Layout.CHANNELS_FIRST)
                .withScaling(1 / 255.0, 0)),
        bytes);
  }

  @Test
  void kerasAnswersAsTheFrameworkThatTrainedIt() throws IOException {
    INDArray images = Nd4j.createFromArray(matrix(expected().get("inputs"))).reshape(8, 1, 8, 8);
    SuspectModel suspect = SuspectModel.keras(copy("digits.h5"));
    assertAnswers(suspect.withFormat(InputFormat.SAME.withLayout(InputFormat.Layout.FLAT)), images);
  }

  @Test
  void classOrderIsUndone() throws IOException {
    INDArray images = Nd4j.createFromArray(matrix(expected().get("inputs"))).reshape(8, 1, 8, 8);
    SuspectModel original = SuspectModel.onnx(copy("digits.onnx"));
    INDArray turned = Nd4j.create(8, 10);
    INDArray plain = original.predict(images);
    for (int i = 0; i < 10; i++) {
      turned.putColumn(i, plain.getColumn(9 - i));
    }
    SuspectModel turnedModel = features -> turned;
    assertAnswers(
        turnedModel.withFormat(
            InputFormat.SAME.withClassOrder(Arrays.asList(9, 8, 7, 6, 5, 4, 3, 2, 1, 0))),
        images);
    assertThat(turnedModel.identity()).isEqualTo(SuspectModel.UNNAMED);
    assertThatThrownBy(() -> InputFormat.SAME.withClassOrder(Arrays.asList(0, 0, 2)))
        .hasMessageContaining("must name each class from 0 to 2 once");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("text.onnx"), "no model");
    assertThatThrownBy(() -> SuspectModel.onnx(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no ONNX model that can be run: ");
    Path keras = Files.writeString(directory.resolve("text.h5"), "no model");
    assertThatThrownBy(() -> SuspectModel.keras(keras))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Suspects.open(directory + "/none.zip", SuspectOptions.ofClasses(10)))
        .hasMessageContaining("is not a file");
  }

  @Test
  void longCommandLinesAreRefusedForOnnx() throws IOException {
    OnnxFile.requireShort(Files.write(directory.resolve("short"), new byte[4000]));
    OnnxFile.requireShort(directory.resolve("none"));
    Path command = Files.write(directory.resolve("long"), new byte[4001]);
    assertThatThrownBy(() -> OnnxFile.requireShort(command))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("environment variable CLASSPATH");
  }

  /** In a class loader without the optional libraries. */
  @ParameterizedTest
  @CsvSource({
    "onnx, com.microsoft.onnxruntime:onnxruntime",
    "keras, org.deeplearning4j:deeplearning4j-modelimport"
  })
  void missingAdaptersNameTheArtifactToAdd(String adapter, String artifact) throws Exception {
    List<URL> present = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("onnxruntime") && !entry.contains("modelimport")) {
        present.add(Path.of(entry).toUri().toURL());
      }
    }
    Path file = copy("digits.onnx");
    try (URLClassLoader loader =
        new URLClassLoader(present.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Method open = loader.loadClass(SuspectModel.class.getName()).getMethod(adapter, Path.class);
      assertThatThrownBy(() -> open.invoke(null, file))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("need " + artifact + " on the class path; add it");
    }
  }
}
