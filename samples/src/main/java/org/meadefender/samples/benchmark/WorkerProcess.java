package org.meadefender.samples.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that measures when it is told to. */
final class WorkerProcess implements AutoCloseable {
  private static final String HEAP = "-Xmx1g";

  /** Threads that spin while they wait make all contestants slow wherever a core is busy. */
  static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  /** A process of the benchmark's own class path. */
  WorkerProcess(Class<?> main, List<String> arguments) {
    this(javaCommand(main, arguments), Map.of());
  }

  /**
   * Any program that speaks as {@link Worker} does.
   *
   * @param environment variables beside this process's own
   */
  WorkerProcess(List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putIfAbsent(WAIT_POLICY, "passive");
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot start " + command.get(0), e);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  static List<String> javaCommand(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add(HEAP);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Has the process work for a round. */
  Speed measure(String what, double atLeastSeconds) {
    try {
      commands.write(what + " " + atLeastSeconds + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new IllegalStateException("The worker has ended: " + process, e);
    }
    return Speed.parse(answer());
  }

  /** The next answer. */
  String answer() {
    return answers
        .lines()
        .filter(line -> line.startsWith(Worker.ANSWER))
        .map(line -> line.substring(Worker.ANSWER.length()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The worker has ended: " + process));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
