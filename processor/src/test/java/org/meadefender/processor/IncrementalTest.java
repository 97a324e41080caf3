package org.meadefender.processor;

import static com.google.testing.compile.JavaFileObjects.forSourceString;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processor keeps the promise of the metadata that Gradle reads: each wrapper comes from one
 * class, so that a build tool needs to process only classes that changed.
 */
class IncrementalTest {
  private static final JavaFileObject FIRST = model("First", 0);
  private static final JavaFileObject SECOND = model("Second", 2);
  private static final JavaFileObject THIRD = model("Third", 4);

  @Test
  void metadataNamesEveryProcessorAsIsolating() throws IOException {
    String metadata;
    try (InputStream file =
        ProtectedProcessor.class.getResourceAsStream(
            "/META-INF/gradle/incremental.annotation.processors")) {
      assertThat(file).isNotNull();
      metadata = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> registered =
        ServiceLoader.load(Processor.class).stream()
            .map(each -> each.type().getName())
            .filter(each -> each.startsWith("org.meadefender."))
            .map(each -> each + ",isolating")
            .toList();

    assertThat(registered).hasSize(1);
    assertThat(metadata.lines()).containsExactlyInAnyOrderElementsOf(registered);
  }

  @Test
  void eachWrapperHasItsClassAsOnlyOrigin() {
    Map<String, List<String>> origins = new LinkedHashMap<>();

    compile(origins, List.of(FIRST, SECOND, THIRD));

    assertThat(origins)
        .containsOnly(
            Map.entry("com.example.ProtectedFirst", List.of("com.example.First")),
            Map.entry("com.example.ProtectedSecond", List.of("com.example.Second")),
            Map.entry("com.example.ProtectedThird", List.of("com.example.Third")));
  }

  @Test
  void compilingTwiceGivesTheSameBytesInAnyOrder() {
    Map<String, String> once = compile(new LinkedHashMap<>(), List.of(FIRST, SECOND, THIRD));
    Map<String, String> again = compile(new LinkedHashMap<>(), List.of(THIRD, SECOND, FIRST));

    assertThat(once).hasSize(3).isEqualTo(again);
  }

  @Test
  void anUnrelatedChangeRegeneratesNothing(@TempDir Path classes) throws IOException {
    Compilation first = Compile.compile(List.of(FIRST, SECOND, THIRD, other(1)));
    assertThat(first.status()).isEqualTo(Compilation.Status.SUCCESS);
    Compile.write(first, classes);
    Map<String, List<String>> origins = new LinkedHashMap<>();

    // What an incremental build does after a change: the changed source against the old classes.
    Map<String, String> afterOther = compile(origins, List.of(other(2)), classes);
    Map<String, String> afterSecond = compile(origins, List.of(SECOND), classes);

    assertThat(afterOther).isEmpty();
    assertThat(afterSecond).containsOnlyKeys("ProtectedSecond.java");
    assertThat(origins).containsOnlyKeys("com.example.ProtectedSecond");
    assertThat(afterSecond.get("ProtectedSecond.java"))
        .isEqualTo(sources(first).get("ProtectedSecond.java"));
  }

  private static Map<String, String> compile(
      Map<String, List<String>> origins, List<JavaFileObject> sources, Path... classPath) {
    List<File> entries = new ArrayList<>(Compile.classPath());
    Arrays.stream(classPath).map(Path::toFile).forEach(entries::add);
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new Recorder(origins))
            .withClasspath(entries)
            .compile(sources);
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    return sources(compilation);
  }

  private static Map<String, String> sources(Compilation compilation) {
    return compilation.generatedSourceFiles().stream()
        .collect(
            Collectors.toMap(
                Compile::fileName,
                file -> {
                  try {
                    return file.getCharContent(false).toString();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private static JavaFileObject model(String name, int source) {
    return forSourceString(
        "com.example." + name,
        """
        package com.example;
        @org.meadefender.annotations.Protected(sourceA = %d, sourceB = %d, ratio = 0.1)
        class %s {
          static org.deeplearning4j.nn.multilayer.MultiLayerNetwork make() {
            throw new IllegalStateException();
          }
        }
        """
            .formatted(source, source + 1, name));
  }

  private static JavaFileObject other(int value) {
    return forSourceString(
        "com.example.Other",
        "package com.example; class Other { int value() { return " + value + "; } }");
  }

  /** Runs the processor and notes the origins of what it writes, as Gradle does. */
  private static final class Recorder extends AbstractProcessor {
    private final Processor processor = new ProtectedProcessor();
    private final Map<String, List<String>> origins;

    Recorder(Map<String, List<String>> origins) {
      this.origins = origins;
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      super.init(environment);
      Filer filer =
          Proxies.of(
              Filer.class,
              environment.getFiler(),
              (name, arguments, result) -> {
                if (name.equals("createSourceFile")) {
                  origins.put(
                      arguments[0].toString(),
                      Stream.of((Element[]) arguments[1]).map(Object::toString).toList());
                }
                return result;
              });
      ProcessingEnvironment observed =
          Proxies.of(
              ProcessingEnvironment.class,
              environment,
              (name, arguments, result) -> name.equals("getFiler") ? filer : result);
      processor.init(observed);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      processor.process(annotations, round);
      return false;
    }
  }
}
