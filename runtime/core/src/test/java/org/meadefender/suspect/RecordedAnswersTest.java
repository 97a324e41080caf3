package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RecordedAnswersTest {
  private static final SuspectOptions THREE = SuspectOptions.of(List.of("cat", "dog", "cow"));
  private static final INDArray ROWS = Nd4j.linspace(0, 11, 12).reshape(3, 1, 2, 2);

  @TempDir Path directory;

  private SuspectModel open() {
    return Suspects.recorded(directory, THREE);
  }

  private void assertWaits(INDArray rows, int number) {
    assertThatThrownBy(() -> open().predict(rows))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("questions-" + number + ".npy")
        .hasMessageContaining("answers-" + number + ".npy");
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("questions-" + number + ".npy waits for its answers");
  }

  @Test
  void questionsAreWrittenAndAnswersReadInRounds() throws IOException {
    INDArray first = ROWS.get(NDArrayIndex.interval(0, 2));
    assertWaits(first, 1);
    Files.writeString(
        directory.resolve("answers-1.json"), "[\"cow\", {\"dog\": 0.5, \"cat\": 0.2}]");
    assertThatThrownBy(this::open).hasMessageContaining("answers-1.json cannot be used");
    Files.writeString(directory.resolve("answers-1.json"), "[[0, 0.25, 0.75], [0.5, 0.25, 0.25]]");
    assertThat(open().predict(first).argMax(1).toIntVector()).containsExactly(2, 0);

    // Only what nobody answered yet is asked, and rows are told by their content.
    assertWaits(ROWS, 2);
    NpyFile asked = NpyFile.read(directory.resolve("questions-2.npy"));
    assertThat(asked.shape()).containsExactly(1, 1, 2, 2);
    assertThat(asked.values()).containsExactly(8, 9, 10, 11);
    Files.writeString(directory.resolve("answers-2.json"), "[1]");
    assertThat(open().predict(ROWS).argMax(1).toIntVector()).containsExactly(2, 0, 1);
    assertThat(
            open()
                .predict(Nd4j.concat(0, ROWS.slice(2).reshape(1, 1, 2, 2), first))
                .argMax(1)
                .toIntVector())
        .containsExactly(1, 2, 0);
    assertThat(open().identity()).startsWith("recorded answers ");
  }

  @Test
  void oneFileWaitsAtATime() {
    SuspectModel suspect = open();
    assertThatThrownBy(() -> suspect.predict(ROWS)).hasMessageContaining("3 rows are not answered");
    assertThatThrownBy(() -> suspect.predict(ROWS.mul(2)))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("questions-1.npy waits for its answers");
    assertThat(directory.resolve("questions-2.npy")).doesNotExist();
  }

  /** As numpy 1.24 writes it: numpy.save(file, numpy.zeros((3, 1, 2, 2), 'float32')). */
  @Test
  void filesAreNumPys() throws IOException {
    assertWaits(ROWS, 1);
    byte[] bytes = Files.readAllBytes(directory.resolve("questions-1.npy"));
    String header =
        "\u0093NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (3, 1, 2, 2), }";
    String text = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    assertThat(text.replace(",), }", "), }").stripTrailing()).isEqualTo(header);
    assertThat(text).endsWith(" \n");
    assertThat(bytes).hasSize(128 + 4 * 12);
  }

  private static byte[] npy(String type, String shape, double... values) {
    byte[] header =
        String.format("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n", type, shape)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(500).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    bytes.putShort((short) header.length).put(header);
    for (double value : values) {
      switch (type) {
        case "<f4" -> bytes.putFloat((float) value);
        case "<f8" -> bytes.putDouble(value);
        case "<i8" -> bytes.putLong((long) value);
        default -> bytes.put((byte) value);
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, '3, 3', 0.1 0.2 0.7 0.8 0.1 0.1 0 1 0",
    "<f8, '3, 3', -1 -2 7 8 1 1 0 9 0",
    "<i8, '3,', 2 0 1",
    "|u1, '3, 1', 2 0 1"
  })
  void answersMayBeScoresOrLabels(String type, String shape, String values) throws IOException {
    assertWaits(ROWS, 1);
    double[] numbers =
        Arrays.stream(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    Files.write(directory.resolve("answers-1.npy"), npy(type, shape, numbers));
    assertThat(open().predict(ROWS).argMax(1).toIntVector()).containsExactly(2, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, '3, 3', 1 2, is cut off",
    "<f4, '2, 1', 0 1, 2 numbers for 3 rows",
    ">f4, '3,', 1 2 0, expected numbers in rows",
    "|O, '3,', 1 2 0, expected numbers in rows",
    "<f4, '99999999999,', 1, is too long",
    "<f4, '2000000000, 2000000000, 2000000000', 1, is cut off"
  })
  void unusableAnswersAreNamed(String type, String shape, String values, String message)
      throws IOException {
    assertWaits(ROWS, 1);
    double[] numbers =
        Arrays.stream(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    Files.write(directory.resolve("answers-1.npy"), npy(type, shape, numbers));
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answers-1.npy")
        .hasMessageContaining(message);
  }

  @Test
  void questionsAreInTheSuspectsFormat() throws IOException {
    SuspectOptions options =
        THREE.withFormat(InputFormat.SAME.withScaling(2, 1).withLayout(InputFormat.Layout.FLAT));
    assertThatThrownBy(() -> Suspects.recorded(directory, options).predict(ROWS))
        .isInstanceOf(SuspectException.class);
    NpyFile asked = NpyFile.read(directory.resolve("questions-1.npy"));
    assertThat(asked.shape()).containsExactly(3, 4);
    assertThat(asked.values()[3]).isEqualTo(7);
  }
}
