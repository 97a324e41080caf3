package org.meadefender.processor;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** Java sources among the test resources. */
final class Sources {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  /** Set to write expectations instead of comparing with them; CONTRIBUTING tells how. */
  static final boolean UPDATE = Boolean.getBoolean("golden.update");

  private Sources() {}

  /** The folders directly below a resource folder, by name. */
  static Stream<Path> folders(String name) {
    return list(RESOURCES.resolve(name)).filter(Files::isDirectory);
  }

  static List<JavaFileObject> in(Path folder) {
    return paths(folder).stream().map(Sources::source).toList();
  }

  static List<Path> paths(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, moved into a package of their own. */
  static List<JavaFileObject> in(Path folder, String packageName) {
    return in(folder).stream().map(each -> moved(each, packageName)).toList();
  }

  private static JavaFileObject moved(JavaFileObject source, String packageName) {
    try {
      String text = source.getCharContent(false).toString();
      String name = Path.of(source.getName()).getFileName().toString().replace(".java", "");
      return JavaFileObjects.forSourceString(
          packageName + "." + name,
          text.replace("package com.example;", "package " + packageName + ";"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The expectation in the file; with the update switch, what is now the expectation. */
  static String expected(Path file, String actual) {
    try {
      if (UPDATE) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("No expectation; see -Dgolden.update in CONTRIBUTING.md", e);
    }
  }

  private static JavaFileObject source(Path file) {
    try {
      return JavaFileObjects.forResource(file.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
