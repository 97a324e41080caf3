package org.meadefender.processor;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.zoo.ZooModel;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;
import org.meadefender.train.ProtectedModel;
import org.nd4j.common.validation.Nd4jCommonValidator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** Compilations with the processors. */
final class Compile {
  private Compile() {}

  static Compiler compiler(String... options) {
    return javac()
        .withProcessors(new ProtectedProcessor())
        .withClasspath(classPath())
        .withOptions((Object[]) options);
  }

  /** A compiler whose processor writes wrappers in another way. */
  static Compiler with(ProtectedProcessor.Writer writer) {
    return javac().withProcessors(new ProtectedProcessor(writer)).withClasspath(classPath());
  }

  /** All that wrappers and their classes need; the tests' whole class path takes twice as long. */
  static List<File> classPath() {
    return Stream.of(
            Protected.class,
            ProtectedModel.class,
            MultiLayerNetwork.class,
            ZooModel.class,
            DataSetIterator.class,
            Nd4jCommonValidator.class,
            JsonTypeInfo.class,
            Nullable.class)
        .map(Compile::placeOf)
        .distinct()
        .toList();
  }

  /** The same without the runtime. */
  static List<File> classPathWithoutRuntime() {
    return classPath().stream()
        .filter(each -> !each.equals(placeOf(ProtectedModel.class)))
        .toList();
  }

  /** A folder of classes, or a jar. */
  private static File placeOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  static Compilation compile(List<JavaFileObject> sources, String... options) {
    return compiler(options).compile(sources);
  }

  /**
   * File, line, kind and text of each diagnostic, as the compiler prints them, without its advice.
   */
  static List<String> diagnostics(Compilation compilation) {
    return compilation.diagnostics().stream()
        .map(
            each -> {
              JavaFileObject source = each.getSource();
              String where =
                  source == null ? "" : fileName(source) + ":" + each.getLineNumber() + ": ";
              return where
                  + each.getKind().toString().toLowerCase(Locale.ROOT)
                  + ": "
                  + each.getMessage(Locale.ROOT);
            })
        .toList();
  }

  /** File names of the wrappers that a compilation wrote. */
  static List<String> wrappers(Compilation compilation) {
    return compilation.generatedSourceFiles().stream().map(Compile::fileName).toList();
  }

  static String fileName(JavaFileObject file) {
    return file.getName().replaceAll(".*/", "");
  }

  /** Puts the classes of a compilation into a folder. */
  static void write(Compilation compilation, Path folder) throws IOException {
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        Path target = folder.resolve(file.getName().replaceAll("^/CLASS_OUTPUT/", ""));
        Files.createDirectories(target.getParent());
        try (InputStream bytes = file.openInputStream()) {
          Files.write(target, bytes.readAllBytes());
        }
      }
    }
  }
}
