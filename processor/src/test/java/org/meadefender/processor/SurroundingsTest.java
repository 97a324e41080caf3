package org.meadefender.processor;

import static com.google.testing.compile.Compiler.javac;
import static com.google.testing.compile.JavaFileObjects.forSourceString;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules, other processors, lint, and what else surrounds a model class. */
class SurroundingsTest {
  private static final String LINT = "-Xlint:all,-processing,-path";

  @Test
  void processorsBehindAreAskedToo() {
    Asked asked = new Asked();

    Compilation compilation =
        javac()
            .withProcessors(new ProtectedProcessor(), asked)
            .withClasspath(Compile.classPath())
            .compile(forSourceString("com.example.Net", model("com.example", "final class Net")));

    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(asked.annotations).contains(Names.PROTECTED);
  }

  @Test
  void aFailureShowsItsCauseAndItsFramesWhereTheUserAsksForThem() {
    List<JavaFileObject> sources =
        List.of(forSourceString("com.example.Net", model("com.example", "final class Net")));
    ProtectedProcessor.Writer failing =
        (filer, module, wrapper) -> {
          throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
        };

    assertThat(Compile.diagnostics(Compile.with(failing).compile(sources)))
        .hasSize(1)
        .first()
        .asString()
        .contains("[MEA020]", "outer", "-Amea.verbose")
        .doesNotContain("inner");
    assertThat(
            Compile.diagnostics(
                Compile.with(failing).withOptions("-Amea.verbose").compile(sources)))
        .hasSize(2)
        .last()
        .asString()
        .contains("note: ", "Caused by: java.lang.IllegalArgumentException: inner", "\tat org.");
  }

  @Test
  void kotlinsSuppressSilencesWarnings() {
    List<JavaFileObject> sources =
        List.of(
            forSourceString(
                "kotlin.Suppress",
                "package kotlin; public @interface Suppress { String[] names(); }"),
            forSourceString(
                "com.example.Net",
                model("com.example", "@kotlin.Suppress(names = \"mea-defender\") final class Net")
                    .replace("0.1", "0.9")));

    assertThat(Compile.diagnostics(Compile.compile(sources))).isEmpty();
  }

  @Test
  void generatedSourcesAmongTheSourcesAreNamed() {
    List<JavaFileObject> sources =
        List.of(
            forSourceString("com.example.Net", model("com.example", "final class Net")),
            forSourceString(
                "com.example.ProtectedNet",
                """
                package com.example;
                abstract class ProtectedNet extends org.meadefender.wrapper.TrainingWrapper<
                    org.deeplearning4j.nn.multilayer.MultiLayerNetwork> {
                  ProtectedNet() { super(null); }
                }
                """));

    assertThat(Compile.diagnostics(Compile.compile(sources)))
        .hasSize(1)
        .first()
        .asString()
        .contains("[MEA015]", "take generated sources off the sources that are compiled")
        .doesNotContain("Rename");
  }

  @Test
  void twoModelsInOneFileBringNoWarning() {
    List<JavaFileObject> sources =
        List.of(
            forSourceString(
                "com.example.Nets",
                model("com.example", "final class Small")
                    + model("com.example", "final class Large")
                        .replace("package com.example;", "")));

    assertThat(Compile.diagnostics(Compile.compile(sources, LINT, "-Werror"))).isEmpty();
  }

  @Test
  void anExportedPackageBringsNoWarning(@TempDir Path folder) throws IOException {
    write(
        folder.resolve("module-info.java"),
        """
        module com.example {
          requires static java.compiler;
          exports com.example;
        }
        """);
    write(
        folder.resolve("com/example/Net.java"),
        model("com.example", "@SuppressWarnings(\"exports\") public final class Net"));

    assertThat(
            compile(folder, "-Xlint:exports", "-Werror", "--add-reads", "com.example=ALL-UNNAMED"))
        .isEmpty();
    assertThat(folder.resolve("out/com/example/ProtectedNet.class")).exists();
  }

  @Test
  void twoModulesMayHaveClassesOfOneName(@TempDir Path folder) throws IOException {
    for (String module : List.of("one", "two")) {
      write(folder.resolve(module + "/module-info.java"), "module " + module + " {}");
      write(folder.resolve(module + "/nets/Net.java"), model("nets", "final class Net"));
    }

    compile(
        folder,
        "--module-source-path",
        folder.toString(),
        "--add-reads",
        "one=ALL-UNNAMED",
        "--add-reads",
        "two=ALL-UNNAMED");

    assertThat(folder.resolve("out/one/nets/ProtectedNet.class")).exists();
    assertThat(folder.resolve("out/two/nets/ProtectedNet.class")).exists();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Compiles a folder into its {@code out}. */
  private static String compile(Path folder, String... more) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = new ArrayList<>(List.of(more));
    String classPath =
        Compile.classPath().stream()
            .map(File::getPath)
            .collect(Collectors.joining(File.pathSeparator));
    options.addAll(List.of("-classpath", classPath, "-d", folder.resolve("out").toString()));
    Files.createDirectories(folder.resolve("out"));
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              messages,
              files,
              null,
              options,
              null,
              files.getJavaFileObjectsFromPaths(Sources.paths(folder)));
      task.setProcessors(List.of(new ProtectedProcessor()));
      task.call();
    }
    return messages.toString();
  }

  private static String model(String packageName, String declaration) {
    return """
        package %s;
        @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
        %s {
          static org.deeplearning4j.nn.conf.MultiLayerConfiguration layers() {
            throw new IllegalStateException();
          }
        }
        """
        .formatted(packageName, declaration);
  }

  /** Notes which annotations it is asked about. */
  @SupportedAnnotationTypes("*")
  private static final class Asked extends AbstractProcessor {
    private final List<String> annotations = new ArrayList<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> asked, RoundEnvironment round) {
      asked.forEach(each -> annotations.add(each.getQualifiedName().toString()));
      return false;
    }
  }
}
