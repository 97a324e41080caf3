package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Programs of the user's. */
@Timeout(60)
class CommandSuspectTest {
  private static final INDArray ROWS = Nd4j.linspace(0, 11, 12).reshape(3, 1, 2, 2);

  /** A program that does what its first argument says; it needs nothing but Java itself. */
  public static final class Program {
    private Program() {}

    /** Runs. */
    public static void main(String[] args) throws Exception {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      switch (args[0]) {
        case "answer" -> in.lines().forEach(line -> System.out.println(answer(line)));
        case "exit" -> System.exit(7);
        case "hang" -> Thread.sleep(60_000);
        case "answer unread" -> {
          System.out.println("1");
          Thread.sleep(60_000);
        }
        default -> System.out.println(args[0].replace(' ', '\n'));
      }
    }

    private static String answer(String row) {
      if (row.startsWith("[[[0.0,1.0],[2.0,3.0]]]")) {
        return "[0.1,0.2,0.7]";
      }
      return row.startsWith("[[[4") ? "\"dog\"" : "{\"cat\": 0.5, \"cow\": 0.25}";
    }
  }

  private static SuspectModel program(String mode, Duration timeout) throws URISyntaxException {
    return Suspects.command(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            Program.class.getName(),
            mode),
        SuspectOptions.of(List.of("cat", "dog", "cow"))
            .withHttp(HttpOptions.DEFAULT.withTimeout(timeout).withBatch(2)));
  }

  @Test
  void rowsGoInAndAnswersComeOut() throws URISyntaxException {
    SuspectModel suspect = program("answer", Duration.ofSeconds(30));
    assertThat(suspect.identity()).startsWith("command ").doesNotContain("Program");
    float[][] expected = {{0.1f, 0.2f, 0.7f}, {0, 1, 0}, {0.5f, 0, 0.25f}};
    assertThat(suspect.predict(ROWS).toFloatMatrix()).isDeepEqualTo(expected);
    // The program goes on.
    assertThat(suspect.predict(ROWS).toFloatMatrix()).isDeepEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "exit, 30, ended with status 7 before its answer",
    "hang, 1, did not answer 2 rows within 1.0 s; it must flush",
    "hello, 30, 'answered \"hello\", which cannot be used'",
    "[1] [0.5], 30, 'answered \"[0.5]\"'",
    "7, 30, 7 is no label"
  })
  void faultsAreNamed(String mode, int seconds, String message) throws URISyntaxException {
    SuspectModel suspect = program(mode, Duration.ofSeconds(seconds));
    assertThatThrownBy(() -> suspect.predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining(message);
  }

  /** Its answer comes at once, but its input is full. */
  @Test
  void programsThatDoNotReadDoNotHang() throws URISyntaxException {
    SuspectModel suspect = program("answer unread", Duration.ofSeconds(3));
    assertThatThrownBy(() -> suspect.predict(Nd4j.rand(1, 1, 300, 300)))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("did not answer 1 rows within 3.0 s");
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
