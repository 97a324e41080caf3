package org.meadefender.processor;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaFileObject;

/** Compilations with the processors. */
final class Compile {
  private Compile() {}

  static Compiler compiler(String... options) {
    return javac()
        .withProcessors(new ProtectedProcessor(), new TemplateProcessor())
        .withOptions((Object[]) options);
  }

  /** A compiler whose processor writes wrappers in another way. */
  static Compiler with(WrapperRounds.Writer writer) {
    return javac().withProcessors(new ProtectedProcessor(writer));
  }

  /** The class path of the tests without one of this project's modules. */
  static List<File> classPathWithout(String module) {
    return classPath().stream()
        .filter(
            entry -> !entry.getPath().contains(File.separator + module + File.separator + "target"))
        .toList();
  }

  /** The class path of the tests. */
  static List<File> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(File::new)
        .toList();
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
                  source == null
                      ? ""
                      : source.getName().replaceAll(".*/", "") + ":" + each.getLineNumber() + ": ";
              return where
                  + each.getKind().toString().toLowerCase(Locale.ROOT)
                  + ": "
                  + each.getMessage(Locale.ROOT);
            })
        .toList();
  }
}
