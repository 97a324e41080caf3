package org.meadefender.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A program of the user's that asks the suspect: a line of JSON for each row goes to its standard
 * input, a line of JSON for each answer comes from its standard output, in the same order. It is
 * started once. Not thread-safe.
 */
final class CommandSuspect implements SuspectModel {
  private static final int LONGEST_LINE = 1 << 20;

  private final List<String> command;
  private final SuspectOptions options;
  private final AnswerReader reader;
  private @Nullable Running running;

  /**
   * A program that was started.
   *
   * @param process the program
   * @param answers its standard output
   * @param threads one that writes, one that reads
   */
  private record Running(Process process, BufferedReader answers, ExecutorService threads) {
    void stop() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      threads.shutdownNow();
    }
  }

  CommandSuspect(List<String> command, SuspectOptions options) {
    if (command.isEmpty() || command.get(0).isBlank()) {
      throw new IllegalArgumentException("The suspect's command is empty; name a program");
    }
    this.command = List.copyOf(command);
    this.options = options;
    this.reader = AnswerReader.of(options);
  }

  /** The program's name, without what it is given. */
  @Override
  public String identity() {
    return "command " + command.get(0);
  }

  @Override
  public INDArray predict(INDArray features) {
    INDArray rows = options.format().apply(features);
    return Batches.ask(rows, options.http().batch(), false, this::ask);
  }

  private float[][] ask(INDArray rows) {
    Running program = running();
    int n = (int) rows.size(0);
    JsonNode questions = JsonRows.of(rows);
    try {
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(() -> write(program, questions), program.threads());
      long end = System.nanoTime() + options.http().timeout().toNanos();
      float[][] answers =
          CompletableFuture.supplyAsync(() -> read(program, n), program.threads())
              .get(options.http().timeout().toNanos(), TimeUnit.NANOSECONDS);
      written.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return answers;
    } catch (TimeoutException e) {
      throw stopped(
          program,
          "did not answer "
              + n
              + " rows within "
              + seconds()
              + "; it must flush"
              + " its standard output after each line, or needs a longer --timeout",
          e);
    } catch (ExecutionException e) {
      throw stopped(
          program, String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(program, "was interrupted", e);
    }
  }

  private String seconds() {
    Duration timeout = options.http().timeout();
    return timeout.toMillis() / 1000.0 + " s";
  }

  private SuspectException stopped(Running program, String fault, Exception cause) {
    program.stop();
    running = null;
    return new SuspectException(identity() + " " + fault, cause);
  }

  private Running running() {
    if (running == null) {
      try {
        Process process =
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Running started =
            new Running(
                process,
                new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                Executors.newFixedThreadPool(2, CommandSuspect::thread));
        // The program must not outlive this one, not even where nobody asks to the end.
        Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
        running = started;
      } catch (IOException e) {
        throw new SuspectException(
            identity() + " cannot be started: " + e.getMessage() + "; check the program's name", e);
      }
    }
    return running;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "suspect command");
    thread.setDaemon(true);
    return thread;
  }

  private static void write(Running program, JsonNode questions) {
    try {
      OutputStream out = program.process().getOutputStream();
      for (JsonNode question : questions) {
        out.write((question + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
    } catch (IOException e) {
      // The reader says what became of the program.
    }
  }

  private float[][] read(Running program, int rows) {
    float[][] answers = new float[rows][];
    ClassLabels labels = new ClassLabels(options.classNames());
    for (int i = 0; i < rows; i++) {
      String line = line(program);
      try {
        JsonNode answer = Json.parse(line.getBytes(StandardCharsets.UTF_8), "The line");
        answers[i] = reader.read(JsonRows.read(answer, 1, labels), 1)[0];
      } catch (IllegalArgumentException e) {
        throw new SuspectException(
            "answered \"" + shortened(line) + "\", which cannot be used: " + e.getMessage(), e);
      }
    }
    return answers;
  }

  private static String shortened(String line) {
    return line.length() <= 100 ? line : line.substring(0, 100) + " …";
  }

  private static String line(Running program) {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = program.answers().read(); c != '\n'; c = program.answers().read()) {
        if (c < 0) {
          throw new SuspectException("ended with status " + status(program) + " before its answer");
        }
        if (line.length() >= LONGEST_LINE) {
          throw new SuspectException(
              "answered with a line of more than " + LONGEST_LINE + " characters");
        }
        line.append((char) c);
      }
    } catch (IOException e) {
      throw new SuspectException("cannot be read: " + e.getMessage(), e);
    }
    return line.toString();
  }

  private static String status(Running program) {
    try {
      return program.process().waitFor(1, TimeUnit.SECONDS)
          ? Integer.toString(program.process().exitValue())
          : "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
