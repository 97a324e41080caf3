package org.meadefender.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A training in a JVM of its own, that is killed at moments of chance, and started again. */
public final class KilledTraining {
  private static final int KILLS = 3;
  private static final int PATIENCE_SECONDS = 240;

  private final Class<?> program;
  private final Path directory;
  private final List<String> more;

  /**
   * A training.
   *
   * @param program its main method takes a directory for checkpoints, and a file for the parameters
   *     at the end
   * @param directory an empty one
   * @param more what else is given to the program
   */
  public KilledTraining(Class<?> program, Path directory, List<String> more) {
    this.program = program;
    this.directory = directory;
    this.more = List.copyOf(more);
  }

  /** The parameters at its end, if it is left alone. */
  public INDArray uninterrupted() throws IOException, InterruptedException {
    return finish("whole", start("whole"));
  }

  /** The parameters at its end, if it is killed several times. */
  public INDArray killed() throws IOException, InterruptedException {
    Random random = new Random(1);
    Path checkpoint = directory.resolve("killed-checkpoints").resolve("checkpoint.zip");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed");
      // Wait until something new has been saved, so that every round gets further.
      Object before = savedAt(checkpoint);
      long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
      while (process.isAlive()
          && before.equals(savedAt(checkpoint))
          && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    if (Files.exists(directory.resolve("killed.bin"))) {
      throw new AssertionError("The training came to its end before it was killed");
    }
    return finish("killed", start("killed"));
  }

  private Process start(String name) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                directory.resolve(name + "-checkpoints").toString(),
                directory.resolve(name + ".bin").toString()));
    command.addAll(more);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".log").toFile())
        .start();
  }

  private INDArray finish(String name, Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(Files.readString(directory.resolve(name + ".log")));
    }
    return Nd4j.readBinary(directory.resolve(name + ".bin").toFile());
  }

  private static Object savedAt(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file) : "absent";
  }
}
