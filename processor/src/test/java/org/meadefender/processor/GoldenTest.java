package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of model source gives exactly the wrapper in its golden folder. */
class GoldenTest {
  static Stream<Path> kinds() {
    return Sources.folders("kinds");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void writesExactlyTheGoldenWrapper(Path kind) throws Exception {
    // Nobody claims a user's own annotation, so that this one lint warns whenever processors run.
    String lint = kind.endsWith("template") ? "-Xlint:all,-processing" : "-Xlint:all";
    Compilation compilation =
        Compile.compile(
            Sources.in(kind.resolve("source")), lint, "-Xdoclint:all,-missing", "-Werror");

    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
    List<JavaFileObject> written = compilation.generatedSourceFiles();
    assertThat(written).isNotEmpty();
    Path golden = kind.resolve("golden");
    for (JavaFileObject wrapper : written) {
      String actual = wrapper.getCharContent(false).toString();
      assertThat(actual).isEqualTo(Sources.expected(golden.resolve(fileName(wrapper)), actual));
    }
    Set<String> names = written.stream().map(GoldenTest::fileName).collect(Collectors.toSet());
    assertThat(Sources.list(golden).map(file -> file.getFileName().toString()))
        .as("golden files without a wrapper")
        .allMatch(names::contains);
  }

  private static String fileName(JavaFileObject file) {
    return Path.of(file.getName()).getFileName().toString();
  }
}
