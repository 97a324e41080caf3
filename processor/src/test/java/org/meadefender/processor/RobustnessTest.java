package org.meadefender.processor;

import static com.google.testing.compile.JavaFileObjects.forSourceString;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever else is wrong in a build, the processor says what concerns it, and no more. */
class RobustnessTest {
  private static final JavaFileObject GOOD = model("Good", "", "0.1", "");

  @Test
  void aBrokenClassElsewhereDoesNotStopTheWrapper() {
    List<String> written = new ArrayList<>();
    Compilation compilation =
        recording(written)
            .compile(
                GOOD,
                forSourceString(
                    "com.example.Broken", "package com.example; class Broken { int x = y; }"));

    assertThat(Compile.diagnostics(compilation))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("Broken.java:1: error: cannot find symbol");
    assertThat(written).containsExactly("ProtectedGood");
  }

  @Test
  void aSyntaxErrorElsewhereIsAllThatIsReported() {
    Compilation compilation =
        Compile.compile(
            List.of(
                GOOD,
                forSourceString(
                    "com.example.Broken", "package com.example; class Broken { int }")));

    assertThat(Compile.diagnostics(compilation))
        .containsExactly("Broken.java:1: error: <identifier> expected");
  }

  @Test
  void onlyTheWrongClassGoesWithoutAWrapper() {
    List<String> written = new ArrayList<>();
    Compilation compilation =
        recording(written)
            .compile(GOOD, model("Bad", "", "0.1", "MultiLayerNetwork more() { return null; }"));

    assertThat(Compile.diagnostics(compilation))
        .hasSize(1)
        .first()
        .asString()
        .contains("Bad.java:")
        .contains("[MEA008]");
    assertThat(written).containsExactly("ProtectedGood");
  }

  @Test
  void allProblemsOfAClassAreReportedAtOnce() {
    JavaFileObject source =
        forSourceString(
            "com.example.Bad",
            """
            package com.example;
            import org.meadefender.annotations.Protected;
            @Protected(sourceA = -1, sourceB = 1, ratio = 0, target = 1)
            class Bad {}
            """);

    assertThat(Compile.diagnostics(Compile.compile(List.of(source))))
        .map(line -> line.replaceAll(".*\\[(MEA\\d+)].*", "$1"))
        .containsExactlyInAnyOrder("MEA001", "MEA004", "MEA005", "MEA007");
  }

  @ParameterizedTest
  @CsvSource({
    "extends Missing, , MEA016",
    "implements Missing, , MEA016",
    "'', static Missing make() { return null; }, MEA016",
    "'', 'static org.deeplearning4j.nn.multilayer.MultiLayerNetwork make(java.util.List<Missing[]> x) { return null; }', MEA016",
    "'', 'static org.deeplearning4j.nn.multilayer.MultiLayerNetwork make(java.util.List<? extends Missing> x) { return null; }', MEA016",
    "'', static org.deeplearning4j.nn.multilayer.MultiLayerNetwork make() throws Missing { return null; }, MEA016",
    "'', static <T extends Missing> org.deeplearning4j.nn.multilayer.MultiLayerNetwork make(T t) { return null; }, MEA016",
  })
  void aMissingTypeIsNamedOnTheClass(String supertype, String member, String id) {
    JavaFileObject source =
        forSourceString(
            "com.example.Bad",
            "package com.example;\n@org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = .1)\nclass Bad "
                + supertype
                + " {"
                + (member == null ? "" : member)
                + "}");

    assertThat(Compile.diagnostics(Compile.compile(List.of(source))))
        .anyMatch(
            line ->
                line.startsWith("Bad.java:")
                    && line.contains("[" + id + "]")
                    && line.contains("type Missing is missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "'sourceA = 0, sourceB = 1'",
    "'sourceA = \"zero\", sourceB = 1, ratio = 0.1'",
    "'sourceA = 0, sourceB = 1, ratio = 0.1, combine = Missing.THING'",
    "'sourceA = 0, sourceB = 1, ratio = 0.1, evasion = MAYBE'",
  })
  void aBrokenAnnotationGivesErrorsOnItAlone(String values) {
    JavaFileObject source =
        forSourceString(
            "com.example.Bad",
            "package com.example;\n@org.meadefender.annotations.Protected("
                + values
                + ")\nclass Bad {\n"
                + "static org.deeplearning4j.nn.multilayer.MultiLayerNetwork make() { return null; }}");

    List<String> reported = Compile.diagnostics(Compile.compile(List.of(source)));

    assertThat(reported)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("Bad.java:2: error: "))
        .noneMatch(line -> line.contains(Problem.INTERNAL.id()));
  }

  @Test
  void processingWithoutCompilingWritesTheWrapper() {
    Compilation compilation = Compile.compile(List.of(GOOD), "-proc:only");

    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
    assertThat(Compile.wrappers(compilation)).containsExactly("ProtectedGood.java");
  }

  @Test
  void warningsAreErrorsOnlyIfTheUserSaysSoAndDoesNotSuppressThem() {
    List<JavaFileObject> high = List.of(model("High", "", "0.9", ""));
    List<JavaFileObject> accepted =
        List.of(model("High", "@SuppressWarnings(\"mea-defender\")", "0.9", ""));

    assertThat(Compile.compile(high).status()).isEqualTo(Compilation.Status.SUCCESS);
    assertThat(Compile.compile(high, "-Werror").status()).isEqualTo(Compilation.Status.FAILURE);
    assertThat(Compile.compile(accepted, "-Werror").status()).isEqualTo(Compilation.Status.SUCCESS);
  }

  @Test
  void aTargetThatIsSharedOnPurposeIsSuppressedAroundTheClass() {
    JavaFileObject source =
        forSourceString(
            "com.example.Nets",
            """
            package com.example;
            import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
            import org.meadefender.annotations.Protected;
            @SuppressWarnings("mea-defender")
            class Nets {
              @Protected(sourceA = 0, sourceB = 1, ratio = 0.1, target = 4)
              @Protected(sourceA = 2, sourceB = 3, ratio = 0.1, target = 4)
              static class Net {
                static MultiLayerNetwork make() { throw new IllegalStateException(); }
              }
            }
            """);

    assertThat(Compile.diagnostics(Compile.compile(List.of(source), "-Werror"))).isEmpty();
  }

  @Test
  void aFailureWhileReadingIsALineOnTheClass() {
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new BrokenElements())
            .withClasspath(Compile.classPath())
            .compile(GOOD);

    assertThat(Compile.diagnostics(compilation))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("Good.java:6: error: [MEA020] @Protected: the processor failed on Good: ");
  }

  @Test
  void aClassThatExtendsItselfIsTheCompilersProblem() {
    List<String> reported =
        Compile.diagnostics(
            Compile.compile(
                List.of(
                    GOOD,
                    forSourceString(
                        "com.example.Loop",
                        "package com.example; @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = .1) class Loop extends Loop {}"))));

    assertThat(reported)
        .anyMatch(line -> line.contains("cyclic inheritance"))
        .noneMatch(line -> line.contains("MEA020"));
  }

  private static JavaFileObject model(
      String name, String annotation, String ratio, String members) {
    return forSourceString(
        "com.example." + name,
        """
        package com.example;
        import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
        import org.meadefender.annotations.Protected;
        @Protected(sourceA = 0, sourceB = 1, ratio = %s)
        %s
        class %s {
          static MultiLayerNetwork make() { throw new IllegalStateException(); }
          %s
        }
        """
            .formatted(ratio, annotation, name, members));
  }

  /** A compiler that notes the wrappers it would write; a failed compilation does not tell. */
  private static Compiler recording(List<String> written) {
    return Compile.with((filer, module, wrapper) -> written.add(wrapper.name()));
  }

  /** The processor where the compiler cannot tell the values of annotations. */
  private static final class BrokenElements extends AbstractProcessor {
    private final ProtectedProcessor processor = new ProtectedProcessor();

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      Elements broken =
          Proxies.of(
              Elements.class,
              environment.getElementUtils(),
              (name, arguments, result) -> {
                if (name.equals("getModuleOf")) {
                  throw new IllegalStateException(name);
                }
                return result;
              });
      processor.init(
          Proxies.of(
              ProcessingEnvironment.class,
              environment,
              (name, arguments, result) -> name.equals("getElementUtils") ? broken : result));
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      processor.process(annotations, round);
      return false;
    }
  }
}
