package org.meadefender.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of public types compile as they stand there. */
class JavadocExamplesTest {
  private static final List<Path> SOURCES =
      List.of(Path.of("../runtime/core/src/main/java"), Path.of("../runtime/lab/src/main/java"));

  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?)\n *\\* *}</pre>", Pattern.DOTALL);

  /** What examples need not say. */
  private static final String HEAD =
      """
      import java.nio.file.*;
      import java.util.*;
      import org.deeplearning4j.earlystopping.*;
      import org.deeplearning4j.earlystopping.trainer.*;
      import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
      import org.deeplearning4j.nn.multilayer.*;
      import org.meadefender.advice.*;
      import org.meadefender.annotations.*;
      import org.meadefender.attack.removal.*;
      import org.meadefender.audit.*;
      import org.meadefender.combine.*;
      import org.meadefender.data.*;
      import org.meadefender.release.*;
      import org.meadefender.spec.*;
      import org.meadefender.suspect.*;
      import org.meadefender.train.*;
      import org.meadefender.verify.*;
      import org.nd4j.linalg.dataset.api.iterator.*;

      abstract class Examples {
        OwnerKey key;
        List<WatermarkSpec> specs;
        ProtectedModel<MultiLayerNetwork> model;
        MultiLayerNetwork network;
        MultiLayerNetwork unmarked;
        MultiLayerConfiguration configuration;
        EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping;
        SuspectModel suspect;
        Registration registration;
        DataSetIterator data;
        DataSetIterator trainingData;
        DataSetIterator heldOut;
        Path file;
        Path directory;
        RobustnessAudit audit;
        RemovalAttack clipping;

      """;

  @TempDir Path directory;

  @Test
  void theyCompile() throws IOException {
    StringBuilder program = new StringBuilder(HEAD);
    int examples = 0;
    for (Path file : files()) {
      Matcher example = EXAMPLE.matcher(Files.readString(file));
      while (example.find()) {
        String code = example.group(1).replaceAll("(?m)^ *\\* ?", "    ");
        program.append("  // ").append(file.getFileName()).append('\n');
        program.append("  void example").append(examples++).append("() throws Exception {\n");
        program.append(code).append("\n  }\n\n");
      }
    }
    assertThat(examples).isGreaterThan(15);
    assertThat(compile(program.append("}\n").toString())).isEmpty();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root : SOURCES) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /** What the compiler says, with the program's lines. */
  private String compile(String program) throws IOException {
    Path file = Files.writeString(directory.resolve("Examples.java"), program);
    List<String> options =
        List.of(
            "-d", directory.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter out = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      compiler.getTask(out, manager, null, options, null, manager.getJavaFileObjects(file)).call();
    }
    return out.toString();
  }
}
