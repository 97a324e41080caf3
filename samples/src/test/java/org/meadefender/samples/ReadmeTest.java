package org.meadefender.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java is a program: every block names its file, and all of them compile together. */
class ReadmeTest {
  private static final Path README = Path.of("../README.md");
  private static final Pattern JAVA =
      Pattern.compile("```java\n// (\\w+\\.java)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void itsJavaCompilesWithTheProcessor() throws Exception {
    String readme = Files.readString(README);
    List<String> files = new ArrayList<>();
    Matcher block = JAVA.matcher(readme);
    while (block.find()) {
      Path file = directory.resolve(block.group(1));
      Files.writeString(file, block.group(2));
      files.add(file.toString());
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(2);
    assertThat(readme.split("```java", -1)).as("blocks with a file name").hasSize(files.size() + 1);

    List<String> options =
        List.of(
            "-d",
            directory.toString(),
            "-Xlint:all,-processing,-classfile,-path",
            "-Werror",
            "-cp",
            System.getProperty("java.class.path"),
            "-processor",
            "org.meadefender.processor.ProtectedProcessor");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter out = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean success =
          compiler
              .getTask(
                  out, manager, null, options, null, manager.getJavaFileObjectsFromStrings(files))
              .call();
      assertThat(success).as(out.toString()).isTrue();
    }
  }
}
