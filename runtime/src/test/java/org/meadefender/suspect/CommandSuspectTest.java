package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Programs of the user's, each a source file that Java runs. */
@Timeout(60)
class CommandSuspectTest {
  private static final INDArray ROWS = Nd4j.linspace(0, 11, 12).reshape(3, 1, 2, 2);

  @TempDir Path directory;

  private SuspectModel program(String body, Duration timeout) throws IOException {
    Path source =
        Files.writeString(
            directory.resolve("Program.java"),
            "public class Program { public static void main(String[] a) throws Exception {"
                + " var in = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));"
                + body
                + "} }");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return Suspects.command(
        List.of(java.toString(), source.toString()),
        SuspectOptions.of(List.of("cat", "dog", "cow"))
            .withHttp(HttpOptions.DEFAULT.withTimeout(timeout).withBatch(2)));
  }

  @Test
  void rowsGoInAndAnswersComeOut() throws IOException {
    SuspectModel suspect =
        program(
            "for (String line = in.readLine(); line != null; line = in.readLine())"
                + " System.out.println(line.startsWith(\"[[[0.0,1.0],[2.0,3.0]]]\")"
                + " ? \"[0.1,0.2,0.7]\" : line.startsWith(\"[[[4\") ? \"\\\"dog\\\"\" :"
                + " \"{\\\"cat\\\": 0.5, \\\"cow\\\": 0.25}\");",
            Duration.ofSeconds(30));
    assertThat(suspect.identity()).startsWith("command ").doesNotContain("Program");
    float[][] expected = {{0.1f, 0.2f, 0.7f}, {0, 1, 0}, {0.5f, 0, 0.25f}};
    assertThat(suspect.predict(ROWS).toFloatMatrix()).isDeepEqualTo(expected);
    // The program goes on.
    assertThat(suspect.predict(ROWS).toFloatMatrix()).isDeepEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "System.exit(7);, 30, ended with status 7 before its answer",
    "Thread.sleep(60000);, 2, did not answer 2 rows within 2.0 s; it must flush",
    "System.out.println(\"hello\");, 30, 'answered \"hello\", which cannot be used'",
    "System.out.println(\"[1]\"); System.out.println(\"[0.5]\");, 30, 'answered \"[0.5]\"'",
    "System.out.println(\"7\");, 30, 7 is no label"
  })
  void faultsAreNamed(String body, int seconds, String message) throws IOException {
    SuspectModel suspect = program(body, Duration.ofSeconds(seconds));
    assertThatThrownBy(() -> suspect.predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining(message);
  }

  /** Its answer comes at once, but its input is full. */
  @Test
  void programsThatDoNotReadDoNotHang() throws IOException {
    SuspectModel suspect =
        program("System.out.println(\"1\"); Thread.sleep(60000);", Duration.ofSeconds(5));
    assertThatThrownBy(() -> suspect.predict(Nd4j.rand(1, 1, 300, 300)))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("did not answer 1 rows within 5.0 s");
  }

  @Test
  void missingProgramsAreNamed() {
    SuspectModel suspect =
        Suspects.command(List.of("no-such-program"), SuspectOptions.ofClasses(3));
    assertThatThrownBy(() -> suspect.predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("command no-such-program cannot be started");
    assertThatThrownBy(() -> Suspects.command(List.of(), SuspectOptions.ofClasses(3)))
        .hasMessageContaining("command is empty");
  }
}
