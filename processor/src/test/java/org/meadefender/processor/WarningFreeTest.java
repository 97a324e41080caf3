package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wrappers of all kinds pass the strictest checks that a user's build may have. */
class WarningFreeTest {
  private static final List<String> OPENED =
      List.of(
          "api", "code", "comp", "file", "main", "model", "parser", "processing", "tree", "util");

  @Test
  void errorProneAndNullAwayAreSatisfied(@TempDir Path out) throws Exception {
    // The user's package is null-marked as a whole; the compiler itself needs another JVM's flags.
    Path packageInfo = out.resolve("package-info.java");
    Files.writeString(packageInfo, "@org.jspecify.annotations.NullMarked package com.example;");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    for (String each : OPENED) {
      command.add("-J--add-exports=jdk.compiler/com.sun.tools.javac." + each + "=ALL-UNNAMED");
    }
    command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED");
    command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED");
    Path arguments = out.resolve("arguments");
    List<String> lines = new ArrayList<>();
    String classPath =
        Compile.classPath().stream()
            .map(File::getPath)
            .collect(Collectors.joining(File.pathSeparator));
    lines.addAll(List.of("-d", out.toString(), "-classpath", classPath));
    lines.addAll(List.of("-processorpath", System.getProperty("java.class.path")));
    // Processors that claim nothing bring the one warning; users have to switch it off, too.
    lines.addAll(List.of("-Xlint:all,-processing", "-Werror", "-Xmaxwarns", "1000"));
    lines.addAll(List.of("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW"));
    // Four checks are off that concern what the users of the examples chose, not wrappers.
    lines.add(
        "\"-Xplugin:ErrorProne -Xep:DefaultPackage:OFF -Xep:InlineMeSuggester:OFF -Xep:TypeParameterShadowing:OFF"
            + " -Xep:JavaLangClash:OFF"
            + " -Xep:NullAway:ERROR -XepOpt:NullAway:OnlyNullMarked=true\"");
    lines.add(packageInfo.toString());
    try (Stream<Path> kinds = Sources.folders("kinds")) {
      kinds
          .flatMap(kind -> Sources.in(kind.resolve("source")).stream())
          .forEach(source -> lines.add(new File(source.toUri()).getPath()));
    }
    Files.write(arguments, lines);
    command.add("@" + arguments);

    Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output.lines())
        .filteredOn(line -> line.matches(".*: (warning|error): .*|(warning|error): .*"))
        .isEmpty();
    assertThat(javac.waitFor()).isZero();
    assertThat(out.resolve("com/example/ProtectedLeNet.class")).exists();
  }
}
