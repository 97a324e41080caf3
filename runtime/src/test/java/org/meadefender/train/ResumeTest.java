package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ResumeTest {
  private static final int KILLS = 3;
  private static final int PATIENCE_SECONDS = 240;

  @TempDir Path directory;

  private Process start(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.meadefender.train.TrainsWithCheckpoints",
            directory.resolve(name + "-checkpoints").toString(),
            directory.resolve(name + ".bin").toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".log").toFile())
        .start();
  }

  private INDArray finish(String name, Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve(name + ".log"))).isZero();
    return Nd4j.readBinary(directory.resolve(name + ".bin").toFile());
  }

  /** Dropout, Adam, a shuffling iterator: all of their states must come back. */
  @Test
  void aTrainingThatIsKilledAnywhereEndsWithTheSameBits() throws Exception {
    INDArray uninterrupted = finish("whole", start("whole"));

    Random random = new Random(1);
    Path checkpoint = directory.resolve("killed-checkpoints").resolve("checkpoint.zip");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed");
      // Wait until something new has been saved, so that every round gets further.
      Object before = fileKey(checkpoint);
      long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
      while (process.isAlive()
          && before.equals(fileKey(checkpoint))
          && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    assertThat(directory.resolve("killed.bin")).doesNotExist();
    assertThat(finish("killed", start("killed"))).isEqualTo(uninterrupted);
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file) : "absent";
  }

  @Test
  void refusesTheCheckpointOfAnotherTraining() {
    TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrainsWithCheckpoints.model(2).fit(TrainsWithCheckpoints.data(), options(1)))
        .withMessageContaining("is of another training");
  }

  @Test
  void goesOnToMoreEpochs() {
    var twice = TrainsWithCheckpoints.model(1);
    twice.fit(TrainsWithCheckpoints.data(), options(2));
    assertThat(
            TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(2)).epochs())
        .isEmpty();
    assertThat(
            TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(3)).epochs())
        .hasSize(1);
  }

  @Test
  void refusesADamagedCheckpoint() throws IOException {
    Files.createDirectories(directory.resolve("c"));
    Files.writeString(directory.resolve("c").resolve("checkpoint.zip"), "not a zip");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(1)))
        .withMessageContaining("is damaged; delete it");
  }

  private TrainingOptions options(int epochs) {
    return TrainingOptions.epochs(epochs)
        .withProgress(progress -> {})
        .withCheckpoints(directory.resolve("c"));
  }
}
