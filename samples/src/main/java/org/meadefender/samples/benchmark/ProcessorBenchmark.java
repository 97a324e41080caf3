package org.meadefender.samples.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.meadefender.annotations.Protected;

/**
 * Measures what the annotation processor adds to a compilation.
 *
 * <p>The same annotated classes are compiled three ways, in turns: without processors; with the
 * processor; and without processors but with the wrappers among the sources. The first to the
 * second is what a user waits longer, wrappers included; the third to the second is the processing
 * alone.
 *
 * <p>Arguments: number of classes (1,000), rounds (5). The first round warms up and is not counted.
 */
public final class ProcessorBenchmark {
  private static final int CLASSES = 1_000;
  private static final int ROUNDS = 5;

  private final Path folder;
  private final List<Path> sources;

  private ProcessorBenchmark(Path folder, int classes) throws IOException {
    this.folder = folder;
    this.sources = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      sources.add(Files.writeString(folder.resolve("Net" + i + ".java"), source(i)));
    }
  }

  /** Medians in seconds. */
  record Times(int classes, double plain, double processed, double handWritten) {
    /** What the user waits longer. */
    double added() {
      return processed - plain;
    }

    /** The processing without the compilation of the wrappers. */
    double processing() {
      return processed - handWritten;
    }

    String describe() {
      return String.format(
          Locale.ROOT,
          """
          %d annotated classes, medians
            without processors            %6.2f s
            with the processor            %6.2f s  (%+.2f s)
            with the wrappers as sources  %6.2f s  (processing alone: %+.2f s)""",
          classes,
          plain,
          processed,
          added(),
          handWritten,
          processing());
    }
  }

  /** Prints the measurement. */
  public static void main(String[] arguments) throws IOException {
    int classes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CLASSES;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
    System.out.println(measure(classes, rounds).describe());
  }

  static Times measure(int classes, int rounds) throws IOException {
    Path folder = Files.createTempDirectory("processor-benchmark");
    try {
      return new ProcessorBenchmark(folder, classes).measure(rounds);
    } finally {
      delete(folder);
    }
  }

  private Times measure(int rounds) throws IOException {
    Path generated = Files.createDirectories(folder.resolve("generated"));
    double[] plain = new double[rounds];
    double[] processed = new double[rounds];
    double[] handWritten = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double without = compile(sources, "-proc:none");
      double with = compile(sources, "-s", generated.toString());
      List<Path> all = new ArrayList<>(sources);
      try (Stream<Path> wrappers = Files.walk(generated)) {
        wrappers.filter(Files::isRegularFile).forEach(all::add);
      }
      if (all.size() != 2 * sources.size()) {
        throw new IllegalStateException("Only " + (all.size() - sources.size()) + " wrappers");
      }
      double byHand = compile(all, "-proc:none");
      if (round >= 0) {
        plain[round] = without;
        processed[round] = with;
        handWritten[round] = byHand;
      }
    }
    return new Times(sources.size(), median(plain), median(processed), median(handWritten));
  }

  private double compile(List<Path> files, String... options) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(
        List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path")));
    // The class path has the processor among the libraries; JDK 23 and later ask to be told.
    if (Runtime.version().feature() >= 23 && !all.contains("-proc:none")) {
      all.add("-proc:full");
    }
    StringWriter messages = new StringWriter();
    long start = System.nanoTime();
    boolean success;
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      success =
          javac
              .getTask(
                  messages, manager, null, all, null, manager.getJavaFileObjectsFromPaths(files))
              .call();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!success) {
      throw new IllegalStateException(messages.toString());
    }
    delete(classes);
    return seconds;
  }

  private static String source(int index) {
    return """
        package bench;

        import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
        import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
        import org.deeplearning4j.nn.conf.layers.OutputLayer;
        import %s;

        @Protected(sourceA = %d, sourceB = %d, ratio = 0.1, target = %d)
        public final class Net%d {
          private Net%d() {}

          static MultiLayerConfiguration layers() {
            return new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(4).nOut(%d).build())
                .build();
          }
        }
        """
        .formatted(Protected.class.getName(), index, index + 1, index + 2, index, index, index + 3);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
