package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.suspect.OpenInferenceServer.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KserveTest {
  private static final SuspectOptions THREE =
      SuspectOptions.of(List.of("cat", "dog", "cow"))
          .withHttp(HttpOptions.DEFAULT.withRetries(0, Duration.ZERO));

  /** Five images of 2 x 2 pixels in three colours; every value is a whole number of 255ths. */
  private static final INDArray ROWS = Nd4j.linspace(0, 59, 60).divi(255).reshape(5, 3, 2, 2);

  private static final String SCORES = "[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]";

  private final List<OpenInferenceServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(OpenInferenceServer::close);
  }

  /** The one that was started last. */
  private OpenInferenceServer server() {
    return servers.get(servers.size() - 1);
  }

  private SuspectModel start(
      String inputs, String outputs, int maxBatch, Function<double[][], Reply> model)
      throws IOException {
    servers.add(new OpenInferenceServer(inputs, outputs, maxBatch, model));
    return Suspects.open(server().address().toString(), THREE);
  }

  private static String input(String datatype, String shape) {
    return "[{\"name\":\"x\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape + "}]";
  }

  /** Probabilities that a row's values alone decide, whatever their order. */
  private static double[] probabilities(double[] row) {
    double mean = Arrays.stream(row).average().orElseThrow();
    return new double[] {mean / 2, mean / 4, 1 - 0.75 * mean};
  }

  private static String joined(double[][] rows) {
    return Arrays.stream(rows)
        .flatMapToDouble(Arrays::stream)
        .mapToObj(value -> Float.toString((float) value))
        .collect(Collectors.joining(","));
  }

  private static Reply scores(double[][] rows, double range) {
    double[][] all =
        Arrays.stream(rows)
            .map(row -> probabilities(Arrays.stream(row).map(v -> v / range).toArray()))
            .toArray(double[][]::new);
    return Reply.json(
        "{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":["
            + rows.length
            + ",3],\"data\":["
            + joined(all)
            + "]}");
  }

  private static void assertProbabilities(INDArray answers) {
    for (int i = 0; i < ROWS.size(0); i++) {
      double[] expected = probabilities(ROWS.slice(i).dup('c').data().asDouble());
      assertThat(answers.getRow(i).toDoubleVector()).containsExactly(expected, within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FP32, '[-1,3,2,2]', 1",
    "FP64, '[-1,3,2,2]', 1",
    "FP16, '[-1,3,2,2]', 1",
    "BF16, '[-1,3,2,2]', 1",
    "UINT8, '[-1,3,2,2]', 255",
    "INT32, '[-1,3,2,2]', 255",
    "INT64, '[-1,2,2,3]', 255",
    "FP32, '[-1,2,2,3]', 1",
    "UINT8, '[-1,2,2,3]', 255",
    "FP32, '[-1,12]', 1",
    "FP32, '[2,3,2,2]', 1"
  })
  void inputsGetDatatypeAndShapeOfTheMetadata(String datatype, String shape, double range)
      throws IOException {
    SuspectModel suspect = start(input(datatype, shape), SCORES, 0, rows -> scores(rows, range));
    assertProbabilities(suspect.predict(ROWS));
    double second = server().asked.get(0)[0][1];
    // Channels last: the second value is the first pixel's second channel.
    assertThat(second / range * 255)
        .isCloseTo(shape.endsWith("3]") ? 4 : 1, within(datatype.equals("BF16") ? 0.05 : 0.01));
    if (shape.startsWith("[2")) {
      assertThat(server().asked).extracting(rows -> rows.length).containsExactly(2, 2, 2);
    }
  }

  @Test
  void theLargestBatchIsKept() throws IOException {
    SuspectModel suspect = start(input("FP32", "[-1,3,2,2]"), SCORES, 3, rows -> scores(rows, 1));
    assertProbabilities(suspect.predict(ROWS));
    assertThat(server().asked).extracting(rows -> rows.length).containsExactly(3, 2);
  }

  @Test
  void theServersOwnWordsAreShown() throws IOException {
    SuspectModel suspect =
        start(
            input("FP32", "[-1,3,2,2]"),
            SCORES,
            0,
            rows -> {
              throw new IllegalArgumentException("the\nGPU is \"gone\"");
            });
    assertThatThrownBy(() -> suspect.predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("answered with status 400");
    SuspectModel other =
        start(
            input("FP32", "[-1,3,2,2]"),
            SCORES,
            0,
            rows -> {
              throw new IllegalArgumentException("out of memory");
            });
    assertThatThrownBy(() -> other.predict(ROWS))
        .hasMessageContaining("answered with status 400: out of memory");
  }

  @Test
  void halfPrecisionAnswersAreReadInBinary() throws IOException {
    SuspectModel suspect =
        start(
            input("FP32", "[-1,3,2,2]"),
            "[{\"name\":\"p\",\"datatype\":\"FP16\",\"shape\":[-1,3]}]",
            0,
            rows -> {
              ByteBuffer bytes =
                  ByteBuffer.allocate(rows.length * 6).order(ByteOrder.LITTLE_ENDIAN);
              for (double[] row : rows) {
                for (double each : probabilities(row)) {
                  ElementType.FP16.put(bytes, each);
                }
              }
              return new Reply(
                  "{\"name\":\"p\",\"datatype\":\"FP16\",\"shape\":["
                      + rows.length
                      + ",3],\"parameters\":{\"binary_data_size\":"
                      + bytes.capacity()
                      + "}}",
                  bytes.array());
            });
    assertProbabilities(suspect.predict(ROWS));
  }

  @Test
  void labelsMayBeText() throws IOException {
    String outputs = "[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[-1,1]}]";
    SuspectModel suspect =
        start(
            input("FP32", "[-1,3,2,2]"),
            outputs,
            0,
            rows ->
                Reply.json(
                    "{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":["
                        + rows.length
                        + ",1],\"data\":[\"cow\",\"Dog\",\"cat\",\"cat\",\"LABEL_1\"]}"));
    assertThat(suspect.predict(ROWS).argMax(1).toIntVector()).containsExactly(2, 1, 0, 0, 1);
  }

  @Test
  void topClassesAreScatteredAndOtherOutputsLeftAside() throws IOException {
    SuspectModel suspect =
        start(
            input("FP32", "[-1,3,2,2]"),
            "[]",
            0,
            rows ->
                Reply.json(
                    "{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[5,4],\"data\":["
                        + "0,".repeat(19)
                        + "0]},{\"name\":\"s\",\"datatype\":\"FP32\",\"shape\":[5,2],\"data\":["
                        + "0.7,0.2,".repeat(4)
                        + "0.7,0.2]},{\"name\":\"i\",\"datatype\":\"INT64\",\"shape\":[5,2],"
                        + "\"data\":[2,0,1,2,0,1,2,1,1,0]}"));
    INDArray answers = suspect.predict(ROWS);
    assertThat(answers.argMax(1).toIntVector()).containsExactly(2, 1, 0, 2, 1);
    assertThat(answers.getRow(0).toFloatVector()).containsExactly(0.2f, 0, 0.7f);
  }

  @Test
  void ambiguousOutputsAndInputsNameTheirOptions() throws IOException {
    String two =
        "[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3,2,2]},"
            + "{\"name\":\"training\",\"datatype\":\"BOOL\",\"shape\":[-1,1]}]";
    SuspectModel without = start(two, SCORES, 0, rows -> scores(rows, 1));
    assertThatThrownBy(() -> without.predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("training takes BOOL [any, 1]")
        .hasMessageContaining("--constant NAME=NUMBER");
    assertProbabilities(
        Suspects.open(server().address().toString(), THREE.withConstant("training", 0))
            .predict(ROWS));

    SuspectModel huge =
        start(
            two.replace("[-1,1]", "[-1,4000000000,4000000000]"),
            SCORES,
            0,
            rows -> scores(rows, 1));
    assertThat(huge).isNotNull();
    assertThatThrownBy(
            () ->
                Suspects.open(server().address().toString(), THREE.withConstant("training", 0))
                    .predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("too many values for a constant");
    SuspectModel many =
        start(input("FP32", "[2000000000,3,2,2]"), SCORES, 0, rows -> scores(rows, 1));
    assertThatThrownBy(() -> many.predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("exactly 2000000000 rows, too many");

    SuspectModel size = start(input("FP32", "[-1,3,4,4]"), SCORES, 0, rows -> scores(rows, 1));
    assertThatThrownBy(() -> size.predict(ROWS)).hasMessageContaining("--image-size 4x4");

    SuspectModel outputs =
        start(
            input("FP32", "[-1,3,2,2]"),
            "[]",
            0,
            rows -> {
              String one = scores(rows, 1).outputs();
              return Reply.json(one + "," + one.replace("\"p\"", "\"q\""));
            });
    assertThatThrownBy(() -> outputs.predict(ROWS))
        .hasMessageContaining("[p, q]")
        .hasMessageContaining("--output");
    assertProbabilities(
        Suspects.open(server().address().toString(), THREE.withOutput("q")).predict(ROWS));
  }
}
