package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.meadefender.suspect.OnnxModels.DOUBLE;
import static org.meadefender.suspect.OnnxModels.FLOAT;
import static org.meadefender.suspect.OnnxModels.FLOAT16;
import static org.meadefender.suspect.OnnxModels.INT64;
import static org.meadefender.suspect.OnnxModels.STRING;
import static org.meadefender.suspect.OnnxModels.UINT8;
import static org.meadefender.suspect.OnnxModels.attribute;
import static org.meadefender.suspect.ScoringModel.ROWS;
import static org.meadefender.suspect.ScoringModel.assertRows;
import static org.meadefender.suspect.ScoringModel.probabilities;
import static org.meadefender.suspect.ScoringModel.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What graphs declare is what they are given; what they answer is read. */
class OnnxFileTest {
  private static final SuspectOptions THREE = SuspectOptions.of(List.of("cat", "dog", "cow"));

  @TempDir Path directory;

  private SuspectModel open(OnnxModels model, SuspectOptions options) throws IOException {
    Path file = Files.createTempFile(directory, "model", ".onnx");
    return SuspectModel.onnx(Files.write(file, model.toBytes()), options);
  }

  @ParameterizedTest
  @CsvSource({
    FLOAT + ", '-1 1 2 2'",
    DOUBLE + ", '-1 1 2 2'",
    FLOAT16 + ", '-1 1 2 2'",
    FLOAT + ", '-1 2 2 1'",
    FLOAT + ", '-1 2 2'",
    FLOAT + ", '-1 4'",
    FLOAT + ", '-1 -1 -1 -1'",
    FLOAT + ", '1 1 2 2'",
    FLOAT + ", '3 1 2 2'",
    DOUBLE + ", '8 2 2'"
  })
  void inputsGetTypeShapeAndBatchThatTheyDeclare(int type, String shape) throws IOException {
    long[] axes =
        java.util.Arrays.stream(shape.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    SuspectModel suspect = open(scoring(type, axes).output("scores", FLOAT, axes[0], 3), THREE);
    // The samples are in rows, so that any of these orders has the same values.
    assertRows(suspect.predict(ROWS), probabilities(), 2e-3);
  }

  @Test
  void channelsGoLastWhereTheGraphHasThemLast() throws IOException {
    INDArray colors = Nd4j.linspace(0, 1, 24).reshape(2, 3, 2, 2);
    OnnxModels model =
        new OnnxModels()
            .input("x", FLOAT, -1, 2, 2, 3)
            .wholes("axes", 1, 2)
            .node("ReduceSum", "x axes", "scores", attribute("keepdims", 0))
            .output("scores", FLOAT, -1, 3);
    float[][] sums = colors.sum(2, 3).divi(4).toFloatMatrix();
    INDArray answers = open(model, THREE).predict(colors);
    // Logits: the differences of their logarithms are those of the sums.
    for (int i = 0; i < 2; i++) {
      assertThat(Math.log(answers.getDouble(i, 2) / answers.getDouble(i, 0)))
          .isCloseTo(4 * (sums[i][2] - sums[i][0]), within(1e-4));
    }
  }

  @Test
  void wholeNumbersAreBytesUnlessTheFormatScales() throws IOException {
    float[][] bytes = ROWS.mul(255).reshape(2, 4).toFloatMatrix();
    OnnxModels model =
        new OnnxModels()
            .input("x", UINT8, -1, 2, 2)
            .node("Cast", "x", "numbers", attribute("to", FLOAT))
            .constant("scale", new long[] {1}, 1 / 255f)
            .node("Mul", "numbers scale", "small")
            .wholes("flatShape", -1, 4)
            .node("Reshape", "small flatShape", "scores")
            .output("scores", FLOAT, -1, 4);
    SuspectOptions four = SuspectOptions.ofClasses(4);
    float[][] expected = ROWS.reshape(2, 4).toFloatMatrix();
    assertRows(open(model, four).predict(ROWS), expected, 1e-6);
    SuspectOptions given = four.withFormat(InputFormat.SAME.withScaling(0.5, 0));
    assertThat(open(model, given).predict(ROWS.mul(510)).getFloat(0, 1) * 255)
        .isCloseTo(bytes[0][1], within(1e-3f));
  }

  @Test
  void scoresMayHaveMoreAxes() throws IOException {
    OnnxModels model =
        scoring(FLOAT, -1, 1, 2, 2)
            .wholes("four", -1, 3, 1, 1)
            .node("Reshape", "scores four", "deep")
            .output("deep", FLOAT, -1, 3, 1, 1);
    assertRows(open(model, THREE).predict(ROWS), probabilities(), 1e-5);
    // A graph that says how many there are needs no number of classes.
    assertRows(open(model, SuspectOptions.unknownClasses()).predict(ROWS), probabilities(), 1e-5);
  }

  @Test
  void labelsBecomeOneHotRows() throws IOException {
    OnnxModels numbers =
        scoring(FLOAT, -1, 1, 2, 2)
            .node("ArgMax", "scores", "label", attribute("axis", 1), attribute("keepdims", 0))
            .output("label", INT64, -1);
    assertRows(open(numbers, THREE).predict(ROWS), new float[][] {{0, 1, 0}, {1, 0, 0}}, 0);
    assertThatThrownBy(() -> open(numbers, SuspectOptions.unknownClasses()).predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("give the number of classes");

    OnnxModels texts =
        scoring(FLOAT, -1, 1, 2, 2)
            .node("ArgMax", "scores", "label", attribute("axis", 1), attribute("keepdims", 0))
            .node(
                "ai.onnx.ml",
                "LabelEncoder",
                "label",
                "text",
                OnnxModels.wholeNumbers("keys_int64s", 0, 1, 2),
                OnnxModels.labels("values_strings", "Cow", "dog", "cat"))
            .output("text", STRING, -1);
    assertRows(open(texts, THREE).predict(ROWS), new float[][] {{0, 1, 0}, {0, 0, 1}}, 0);
    assertThatThrownBy(
            () -> open(texts, SuspectOptions.of(List.of("cat", "fox", "cow"))).predict(ROWS))
        .hasMessageContaining("\"dog\" is no class")
        .hasMessageContaining("--class-names");
  }

  @Test
  void probabilitiesAreTakenBesideLabels() throws IOException {
    OnnxModels model =
        scoring(FLOAT, -1, 1, 2, 2)
            .node("ArgMax", "scores", "label", attribute("axis", 1), attribute("keepdims", 0))
            .node("Softmax", "scores", "p", attribute("axis", 1))
            .output("label", INT64, -1)
            .output("p", FLOAT, -1, 3);
    assertRows(open(model, THREE).predict(ROWS), probabilities(), 1e-5);
  }

  @Test
  void topClassesAreScattered() throws IOException {
    float[][] all = probabilities();
    for (int k : new int[] {2, 3}) {
      OnnxModels model =
          scoring(FLOAT, -1, 1, 2, 2)
              .node("Softmax", "scores", "p", attribute("axis", 1))
              .wholes("k", k)
              .node("TopK", "p k", "values indices")
              .output("values", FLOAT, -1, k)
              .output("indices", INT64, -1, k);
      float[][] expected = {all[0].clone(), all[1].clone()};
      if (k == 2) {
        expected[0][0] = 0;
        expected[1][1] = 0;
      }
      assertRows(open(model, THREE).predict(ROWS), expected, 1e-5);
    }
  }

  @Test
  void zipMapsAreRead() throws IOException {
    OnnxModels model =
        scoring(FLOAT, -1, 1, 2, 2)
            .node("Softmax", "scores", "p", attribute("axis", 1))
            .node(
                "ai.onnx.ml",
                "ZipMap",
                "p",
                "maps",
                OnnxModels.labels("classlabels_strings", "cow", "dog", "cat"))
            .maps("maps", STRING);
    float[][] expected = probabilities();
    for (float[] row : expected) {
      float first = row[0];
      row[0] = row[2];
      row[2] = first;
    }
    assertRows(open(model, THREE).predict(ROWS), expected, 1e-5);
  }

  @Test
  void ofSeveralOutputsTheFittingOneIsTaken() throws IOException {
    OnnxModels withFeatures =
        scoring(FLOAT, -1, 1, 2, 2).output("flat", FLOAT, -1, 4).output("scores", FLOAT, -1, 3);
    assertRows(open(withFeatures, THREE).predict(ROWS), probabilities(), 1e-5);

    OnnxModels two =
        scoring(FLOAT, -1, 1, 2, 2)
            .node("Neg", "scores", "aux")
            .output("aux", FLOAT, -1, 3)
            .output("scores", FLOAT, -1, 3);
    assertThatThrownBy(() -> open(two, THREE).predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("[aux, scores]")
        .hasMessageContaining("--output");
    assertRows(open(two, THREE.withOutput("scores")).predict(ROWS), probabilities(), 1e-5);
    assertThatThrownBy(() -> open(two, THREE.withOutput("none")))
        .hasMessageContaining("no output none, only [aux, scores]");
  }

  @Test
  void otherInputsGetConstants() throws IOException {
    OnnxModels model =
        scoring(FLOAT, -1, 1, 2, 2)
            .input("temperature", DOUBLE, -1, 1)
            .input("training", OnnxModels.BOOL)
            .node("Cast", "temperature", "t", attribute("to", FLOAT))
            .node("Mul", "scores t", "warm")
            .node("Neg", "warm", "trained")
            .node("Where", "training trained warm", "out")
            .output("out", FLOAT, -1, 3);
    assertThatThrownBy(() -> open(model, THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature takes FP64 [any, 1]")
        .hasMessageContaining("--constant NAME=NUMBER");
    SuspectOptions given = THREE.withConstant("temperature", 1).withConstant("training", 0);
    assertRows(open(model, given).predict(ROWS), probabilities(), 1e-5);
    assertThatThrownBy(() -> open(model, given.withConstant("other", 1)))
        .hasMessageContaining("has no input [other]");
  }

  @Test
  void whatCannotBeToldIsNamedWithItsOption() throws IOException {
    OnnxModels large = new OnnxModels();
    large.input("x", FLOAT, -1, 8, 8, 3).node("Identity", "x", "y").output("y", FLOAT, -1, 8, 8, 3);
    assertThatThrownBy(() -> open(large, THREE).predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("The input x takes FP32 [any, 8, 8, 3]")
        .hasMessageContaining("the samples are [n, 1, 2, 2]")
        .hasMessageContaining("--image-size 8x8 --colors RGB brings them to it");
    SuspectOptions given =
        SuspectOptions.ofClasses(192)
            .withFormat(InputFormat.SAME.withImageSize(8, 8).withColors(InputFormat.Colors.RGB));
    assertThat(open(large, given).predict(ROWS).shape()).containsExactly(2, 192);
  }

  @Test
  void theLibrarysReasonIsShown() throws IOException {
    Path text = Files.writeString(directory.resolve("text.onnx"), "no model");
    assertThatThrownBy(() -> SuspectModel.onnx(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no ONNX model that can be run: Error code")
        .hasMessageContaining("protobuf parsing failed");
    OnnxModels elsewhere =
        new OnnxModels()
            .input("x", FLOAT, -1, 4)
            .external("w", "weights.bin", 4, 3)
            .node("MatMul", "x w", "scores")
            .output("scores", FLOAT, -1, 3);
    Files.write(directory.resolve("weights.bin"), new byte[48]);
    assertThatThrownBy(() -> open(elsewhere, THREE))
        .hasMessageContaining("is no ONNX model that can be run: ")
        .hasMessageContaining("save it with all weights in this one file");
    Path pointer =
        Files.writeString(
            directory.resolve("pointer.onnx"),
            "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n");
    assertThatThrownBy(() -> SuspectModel.onnx(pointer)).hasMessageContaining("Git LFS");
  }
}
