package org.meadefender.samples.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.meadefender.annotations.Protected;

/**
 * Measures what the annotation processor adds to a compilation.
 *
 * <p>The same annotated classes are compiled three ways, in turns: without processors; with the
 * processor; and with one that writes the same wrappers from ready texts. The first to the second
 * is what a user waits longer, wrappers included; the third to the second is the processor's own
 * work, and the rest what javac itself does for generated sources.
 *
 * <p>Beside the time on the clock stands the CPU time of the compiling thread, which other programs
 * disturb less. Numbers are taken round by round: what slows the machine for a while slows all
 * three.
 */
public final class ProcessorBenchmark {
  private static final int CLASSES = 1_000;
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 2;
  private static final double NANO = 1e-9;

  private final Path folder;
  private final List<Path> sources;

  private ProcessorBenchmark(Path folder, int classes) throws IOException {
    this.folder = folder;
    this.sources = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      sources.add(Files.writeString(folder.resolve("Net" + i + ".java"), source(i)));
    }
  }

  /** Seconds on the clock, and of the compiling thread on a CPU. */
  record Time(double clock, double cpu) {}

  /** The three ways in one round. */
  record Round(Time bare, Time processed, Time copied) {}

  /** All that was measured. */
  record Times(int classes, List<Round> rounds) {
    Times {
      rounds = List.copyOf(rounds);
    }

    /** What the user waits longer. */
    Spread added(ToDoubleFunction<Time> seconds) {
      return of(
          each -> seconds.applyAsDouble(each.processed()) - seconds.applyAsDouble(each.bare()));
    }

    /** The processor's own work. */
    Spread work(ToDoubleFunction<Time> seconds) {
      return of(
          each -> seconds.applyAsDouble(each.processed()) - seconds.applyAsDouble(each.copied()));
    }

    Spread of(ToDoubleFunction<Round> value) {
      return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
    }

    String describe() {
      return String.format(
          Locale.ROOT,
          """
          %d annotated classes, %d rounds; seconds, median (quartiles)
                                       clock                 CPU of the compiling thread
            without processors         %s  %s
            with the processor         %s  %s
            wrappers from ready texts  %s  %s
            added in all               %s  %s
            the processor's own work   %s  %s""",
          classes,
          rounds.size(),
          text(of(each -> each.bare().clock())),
          text(of(each -> each.bare().cpu())),
          text(of(each -> each.processed().clock())),
          text(of(each -> each.processed().cpu())),
          text(of(each -> each.copied().clock())),
          text(of(each -> each.copied().cpu())),
          text(added(Time::clock)),
          text(added(Time::cpu)),
          text(work(Time::clock)),
          text(work(Time::cpu)));
    }

    private static String text(Spread spread) {
      return String.format(
          Locale.ROOT, "%5.2f (%5.2f to %5.2f)", spread.median(), spread.low(), spread.high());
    }
  }

  /** Prints the measurement. */
  public static void main(String[] args) throws IOException {
    System.out.println(measure(CLASSES, ROUNDS, WARM_UP).describe());
  }

  static Times measure(int classes, int rounds, int warmUp) throws IOException {
    Path folder = Files.createTempDirectory("processor-benchmark");
    try {
      ProcessorBenchmark benchmark = new ProcessorBenchmark(folder, classes);
      for (int round = 0; round < warmUp; round++) {
        benchmark.round();
      }
      List<Round> measured = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        measured.add(benchmark.round());
      }
      return new Times(classes, measured);
    } finally {
      delete(folder);
    }
  }

  private Round round() throws IOException {
    Path generated = Files.createDirectories(folder.resolve("generated"));
    Time bare = compile(List.of(), "-proc:none");
    Time processed = compile(List.of(), "-s", generated.toString());
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> wrappers = Files.walk(generated)) {
      for (Path wrapper : wrappers.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(wrapper.getFileName());
        texts.put(name.replace("Protected", "").replace(".java", ""), Files.readString(wrapper));
      }
    }
    if (texts.size() != sources.size()) {
      throw new IllegalStateException("Only " + texts.size() + " wrappers");
    }
    delete(generated);
    Files.createDirectories(generated);
    return new Round(
        bare, processed, compile(List.of(new CopyingProcessor(texts)), "-s", generated.toString()));
  }

  /** Compiles; with no processors given, those of the class path run unless an option forbids. */
  private Time compile(List<Processor> processors, String... options) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(
        List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path")));
    // JDK 23 and later ask to be told that processors of the class path may run.
    if (Runtime.version().feature() >= 23 && !all.contains("-proc:none")) {
      all.add("-proc:full");
    }
    StringWriter messages = new StringWriter();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    boolean success;
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              messages, manager, null, all, null, manager.getJavaFileObjectsFromPaths(sources));
      if (!processors.isEmpty()) {
        task.setProcessors(processors);
      }
      success = task.call();
    }
    Time time =
        new Time(
            (System.nanoTime() - start) * NANO, (threads.getCurrentThreadCpuTime() - cpu) * NANO);
    if (!success) {
      throw new IllegalStateException(messages.toString());
    }
    delete(classes);
    return time;
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
