package org.meadefender.processor;

import static com.google.testing.compile.JavaFileObjects.forSourceString;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supertypes that come late or not at all. */
class InheritanceTest {
  @Test
  void aSupertypeThatAnotherProcessorWritesIsAwaited() {
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new BaseProcessor(), new ProtectedProcessor())
            .withClasspath(Compile.classPath())
            .compile(
                forSourceString(
                    "com.example.Late",
                    """
                    package com.example;
                    @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
                    class Late extends WrittenBase {}
                    """));

    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.wrappers(compilation)).contains("ProtectedLate.java");
  }

  @Test
  void aSupertypeThatALibraryLacksIsNamed(@TempDir Path library) throws IOException {
    Compilation compilation =
        Compiler.javac()
            .withClasspath(Compile.classPath())
            .compile(
                forSourceString(
                    "com.example.Gone",
                    """
                    package com.example;
                    public class Gone<T> {}
                    """),
                forSourceString(
                    "com.example.Library",
                    """
                    package com.example;
                    public class Library extends Gone<Library> {
                      public org.deeplearning4j.nn.multilayer.MultiLayerNetwork net() { return null; }
                    }
                    """));
    Compile.write(compilation, library);
    Files.delete(library.resolve("com/example/Gone.class"));
    List<File> classPath = new ArrayList<>(Compile.classPath());
    classPath.add(library.toFile());

    List<String> reported =
        Compile.diagnostics(
            Compile.compiler()
                .withClasspath(classPath)
                .compile(
                    forSourceString(
                        "com.example.Net",
                        """
                        package com.example;
                        @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
                        class Net extends Library {}
                        """)));

    assertThat(reported)
        .anyMatch(line -> line.contains("class file for com.example.Gone not found"))
        .noneMatch(line -> line.contains(Problem.INTERNAL.id()));
  }

  /** Writes a superclass in its first round. */
  @SupportedAnnotationTypes("*")
  private static final class BaseProcessor extends AbstractProcessor {
    private boolean written;

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!written) {
        written = true;
        try (Writer writer =
            processingEnv.getFiler().createSourceFile("com.example.WrittenBase").openWriter()) {
          writer.write(
              """
              package com.example;
              abstract class WrittenBase {
                org.deeplearning4j.nn.multilayer.MultiLayerNetwork make() { throw new IllegalStateException(); }
              }
              """);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
