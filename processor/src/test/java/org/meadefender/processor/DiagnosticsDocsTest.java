package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The documentation of the diagnostics is written from the problems and their examples. */
class DiagnosticsDocsTest {
  private static final Path DOCS = Path.of("..", "docs", "reference", "diagnostics.md");
  private static final Path BAD = Path.of("src", "test", "resources", "bad");
  private static final Pattern PREAMBLE = Pattern.compile("(?m)^(package|import) .*;\\R+");

  private static final String INTRODUCTION =
      """
      # Diagnostics of the annotation processor

      Every message of `mea-defender-processor` starts with an id that never changes its meaning. It
      points at the annotation's value where there is one, else at the class or method. Warnings and
      notes are silenced by `@SuppressWarnings("mea-defender")` on the class or around it, in Kotlin
      by `@Suppress("mea-defender")` too. The compiler option `-Amea.verbose` adds the stack trace
      where the processor itself fails (MEA020). MEA011, MEA013 and MEA014 are not used.

      Under `-Xlint:all -Werror`, add `-Xlint:-processing`, as for any processor that claims no
      annotations: where one claims all of them, javac does not ask the others.

      The compiler output below each id is what the wrong example gives; imports are left out.

      <!-- Written by DiagnosticsDocsTest: change Problem or the examples in bad/, then run the test
      with -Dgolden.update=true. -->
      """;

  /** What is wrong with these lies outside the source. */
  private static final Map<Problem, String> SURROUNDINGS =
      Map.of(
          Problem.NO_RUNTIME,
          """
          Add the runtime to the dependencies:

          ```xml
          <dependency>
            <groupId>org.meadefender</groupId>
            <artifactId>mea-defender-runtime</artifactId>
          </dependency>
          ```
          """,
          Problem.NOT_WRITTEN,
          "The source is right; make room, or let the compiler write to its output directories.\n",
          Problem.INTERNAL,
          "The source is right; report the line, and the annotated class with it.\n");

  @Test
  void documentationIsCurrent() throws IOException {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Problem problem : Problem.values()) {
      Path folder = BAD.resolve(problem.id());
      text.append("\n## ").append(problem.id());
      if (problem.kind() != Diagnostic.Kind.ERROR) {
        text.append(" (").append(problem.kind().toString().toLowerCase(Locale.ROOT)).append(")");
      }
      text.append("\n\n").append(problem.reason()).append("\n\n```text\n");
      text.append(Files.readString(folder.resolve("expected.txt"))).append("```\n\n");
      String remedy = SURROUNDINGS.get(problem);
      if (remedy == null) {
        text.append("Wrong:\n\n").append(example(folder.resolve("wrong")));
        text.append("\nRight:\n\n").append(example(folder.resolve("right")));
      } else {
        text.append(remedy);
      }
    }

    assertThat(text.toString()).isEqualTo(Sources.expected(DOCS, text.toString()));
  }

  private static String example(Path folder) throws IOException {
    StringBuilder code = new StringBuilder("```java\n");
    String separator = "";
    for (JavaFileObject source : Sources.in(folder)) {
      String text = source.getCharContent(false).toString();
      code.append(separator).append(PREAMBLE.matcher(text).replaceAll("").strip()).append("\n");
      separator = "\n";
    }
    return code.append("```\n").toString();
  }
}
