package org.meadefender.processor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of model source gives exactly the wrappers in its golden folder. */
class GoldenTest {
  /** One compilation of all kinds; wrappers by file name. */
  private static final Map<String, String> WRITTEN = compileAll();

  @TempDir static Path folder;

  static Stream<Path> kinds() {
    return Sources.folders("kinds");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void wrappersAreExactlyTheGoldenOnes(Path kind) {
    Path golden = kind.resolve("golden");
    List<String> wrappers =
        Sources.in(kind.resolve("source")).stream()
            .map(Compile::fileName)
            .flatMap(source -> WRITTEN.keySet().stream().filter(name -> isFrom(name, source)))
            .toList();

    assertThat(wrappers).isNotEmpty();
    for (String wrapper : wrappers) {
      String actual = requireNonNull(WRITTEN.get(wrapper));
      assertThat(actual).isEqualTo(Sources.expected(golden.resolve(wrapper), actual));
    }
    assertThat(Sources.list(golden).map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(wrappers);
  }

  @Test
  void eclipsesCompilerGivesTheSameBytes() {
    List<Path> sources =
        kinds().flatMap(kind -> Sources.paths(kind.resolve("source")).stream()).toList();

    EclipseCompile eclipse =
        EclipseCompile.of(new ProtectedProcessor(), Compile.classPath(), sources, folder);

    assertThat(eclipse.diagnostics()).noneMatch(each -> each.contains("error"));
    assertThat(eclipse.wrappers()).containsExactlyInAnyOrderEntriesOf(WRITTEN);
  }

  @Test
  void strictLintSaysOnlyThatNobodyClaims() {
    Path kind = Path.of("src", "test", "resources", "kinds", "several-watermarks", "source");

    assertThat(Compile.diagnostics(Compile.compile(Sources.in(kind), "-Xlint:all")))
        .isNotEmpty()
        .allMatch(each -> each.contains("No processor claimed any of these annotations"));
  }

  private static Map<String, String> compileAll() {
    // A processor that claims its annotations may starve others; lint warns where none does.
    Compilation compilation =
        Compile.compile(
            kinds().flatMap(kind -> Sources.in(kind.resolve("source")).stream()).toList(),
            "-Xlint:all,-processing",
            "-Xdoclint:all,-missing",
            "-Werror");
    // Where there was a choice, as in classes with a private method, a note says so.
    assertThat(Compile.diagnostics(compilation))
        .allMatch(each -> each.contains(": note: [MEA024]"));
    Map<String, String> written = new TreeMap<>();
    for (JavaFileObject wrapper : compilation.generatedSourceFiles()) {
      try {
        written.put(Compile.fileName(wrapper), wrapper.getCharContent(false).toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return written;
  }

  /** Whether the wrapper is that of a class in the source file. */
  private static boolean isFrom(String wrapper, String source) {
    String name = source.replace(".java", "");
    return wrapper.equals("Protected" + source) || wrapper.startsWith("Protected" + name + "_");
  }
}
