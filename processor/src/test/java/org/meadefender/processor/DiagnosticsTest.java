package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
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

  @Test
  void acceptsTheRightExamples() {
    List<JavaFileObject> all =
        problems()
            .flatMap(
                each ->
                    Sources.in(
                        each.resolve("right"),
                        each.getFileName().toString().toLowerCase(Locale.ROOT))
                        .stream())
            .toList();

    assertThat(Compile.diagnostics(Compile.compile(all))).isEmpty();
  }

  /** Three problems lie in the surroundings, not in the source. */
  private static Compiler compiler(String id) {
    return switch (id) {
      case "MEA018" -> Compile.compiler().withClasspath(Compile.classPathWithoutRuntime());
      case "MEA019" ->
          Compile.with(
              (wrapper, filer) -> {
                throw new IOException("No space left on device");
              });
      case "MEA020" ->
          Compile.with(
              (wrapper, filer) -> {
                IllegalStateException failure = new IllegalStateException("no such case");
                failure.setStackTrace(
                    new StackTraceElement[] {
                      new StackTraceElement(
                          WrapperWriter.class.getName(), "write", "WrapperWriter.java", 40)
                    });
                throw failure;
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
