package org.meadefender.processor;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/**
 * A compilation with Eclipse's compiler.
 *
 * @param diagnostics file with its folder, kind and text
 * @param wrappers source by file name
 */
record EclipseCompile(List<String> diagnostics, Map<String, String> wrappers) {

  /** A whole compilation, into folders below the given one. */
  static EclipseCompile of(
      Processor processor, List<File> classPath, List<Path> sources, Path folder) {
    JavaCompiler compiler = new EclipseCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      Path classes = Files.createDirectories(folder.resolve("classes"));
      Path generated = Files.createDirectories(folder.resolve("generated"));
      String path =
          classPath.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator));
      List<String> options =
          List.of(
              "-17",
              "-classpath",
              path,
              "-d",
              classes.toString(),
              "-s",
              generated.toString(),
              "-warn:+unused");
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(),
              files,
              found,
              options,
              null,
              files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(processor));
      task.call();
      return new EclipseCompile(
          found.getDiagnostics().stream().map(EclipseCompile::describe).toList(), read(generated));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the line: where annotations are repeated, javac counts another one. */
  private static String describe(Diagnostic<? extends JavaFileObject> each) {
    String file = each.getSource() == null ? "" : each.getSource().getName();
    return file.replaceFirst(".*/([^/]+/[^/]+)$", "$1: ")
        + each.getKind().toString().toLowerCase(Locale.ROOT)
        + ": "
        + each.getMessage(Locale.ROOT);
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sources.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return sources;
  }
}
