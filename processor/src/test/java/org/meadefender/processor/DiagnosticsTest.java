package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each problem has a source that provokes it, and a right one beside it. */
class DiagnosticsTest {
  static Stream<Path> problems() {
    return Sources.folders("bad");
  }

  @ParameterizedTest
  @MethodSource("problems")
  void reportsTextFileAndLine(Path problem) {
    List<String> reported =
        Compile.diagnostics(
            compiler(problem.getFileName().toString())
                .compile(Sources.in(problem.resolve("wrong"))));

    assertThat(reported).anyMatch(line -> line.contains("[" + problem.getFileName() + "]"));
    String actual = String.join("\n", reported) + "\n";
    assertThat(actual).isEqualTo(Sources.expected(problem.resolve("expected.txt"), actual));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void acceptsTheRightExample(Path problem) {
    assertThat(Compile.diagnostics(Compile.compile(Sources.in(problem.resolve("right")))))
        .isEmpty();
  }

  /** Three problems lie in the surroundings, not in the source. */
  private static Compiler compiler(String id) {
    return switch (id) {
      case "MEA018" -> Compile.compiler().withClasspath(Compile.classPathWithout("runtime"));
      case "MEA019" ->
          Compile.with(
              (wrapper, filer) -> {
                throw new IOException("No space left on device");
              });
      case "MEA020" ->
          Compile.with(
              (wrapper, filer) -> {
                throw new IllegalStateException("no such case");
              });
      default -> Compile.compiler();
    };
  }

  @Test
  void everyProblemHasItsSources() {
    assertThat(problems().map(path -> path.getFileName().toString()))
        .containsExactlyElementsOf(Arrays.stream(Problem.values()).map(Problem::id).toList());
  }
}
