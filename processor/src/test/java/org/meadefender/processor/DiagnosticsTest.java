package org.meadefender.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each problem has a source that provokes it, and a right one beside it. */
class DiagnosticsTest {
  /** Three problems lie in the surroundings, and only javac shows what is inside methods. */
  private static final Set<String> ELSEWHERE = Set.of("MEA018", "MEA019", "MEA020", "MEA026");

  static Stream<Path> problems() {
    return Sources.folders("bad");
  }

  @ParameterizedTest
  @MethodSource("problems")
  void reportsTextFileAndLine(Path problem) {
    String id = problem.getFileName().toString();
    List<String> reported =
        Compile.diagnostics(
            javac()
                .withProcessors(processor(id))
                .withClasspath(classPath(id))
                .compile(Sources.in(problem.resolve("wrong"))));

    assertThat(reported).anyMatch(line -> line.contains("[" + problem.getFileName() + "]"));
    String actual = String.join("\n", reported) + "\n";
    assertThat(actual).isEqualTo(Sources.expected(problem.resolve("expected.txt"), actual));
  }

  /** One compilation of all, each moved into a package of its own. */
  @Test
  void eclipsesCompilerGetsTheSameTexts(@TempDir Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Path problem : problems().toList()) {
      String id = problem.getFileName().toString();
      if (!ELSEWHERE.contains(id)) {
        String name = id.toLowerCase(Locale.ROOT);
        Path moved = Files.createDirectories(folder.resolve(name));
        for (Path source : Sources.paths(problem.resolve("wrong"))) {
          String text = Files.readString(source).replace("com.example", name);
          sources.add(Files.writeString(moved.resolve(source.getFileName()), text));
        }
        Files.readString(problem.resolve("expected.txt"))
            .lines()
            .filter(line -> line.contains("[MEA"))
            .map(line -> name + "/" + line.replaceFirst(":\\d+:", ":").replace("com.example", name))
            .forEach(expected::add);
      }
    }

    List<String> reported =
        EclipseCompile.of(new ProtectedProcessor(), Compile.classPath(), sources, folder)
            .diagnostics();

    assertThat(reported)
        .filteredOn(line -> line.contains("[MEA"))
        .containsExactlyInAnyOrderElementsOf(expected);
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

  /** Some problems lie in the surroundings, not in the source. */
  private static ProtectedProcessor processor(String id) {
    return switch (id) {
      case "MEA019" ->
          new ProtectedProcessor(
              (filer, module, wrapper) -> {
                throw new IOException("No space left on device");
              });
      case "MEA020" ->
          new ProtectedProcessor(
              (filer, module, wrapper) -> {
                IllegalStateException failure = new IllegalStateException("no such case");
                failure.setStackTrace(
                    new StackTraceElement[] {
                      new StackTraceElement(
                          WriteWrapper.class.getName(), "body", "WriteWrapper.java", 40)
                    });
                throw failure;
              });
      default -> new ProtectedProcessor();
    };
  }

  private static List<File> classPath(String id) {
    return id.equals("MEA018") ? Compile.classPathWithoutRuntime() : Compile.classPath();
  }

  @Test
  void everyProblemHasItsSources() {
    assertThat(problems().map(path -> path.getFileName().toString()))
        .containsExactlyElementsOf(Arrays.stream(Problem.values()).map(Problem::id).toList());
  }
}
