package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ResumeTest {
  private static final int KILLS = 3;
  private static final int PATIENCE_SECONDS = 240;

  @TempDir Path directory;

  private Process start(String name, List<String> more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.meadefender.train.TrainsWithCheckpoints",
                directory.resolve(name + "-checkpoints").toString(),
                directory.resolve(name + ".bin").toString()));
    command.addAll(more);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".log").toFile())
        .start();
  }

  private INDArray finish(String name, Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve(name + ".log"))).isZero();
    return Nd4j.readBinary(directory.resolve(name + ".bin").toFile());
  }

  /**
   * Dropout, Adam, a shuffling iterator: all of their states must come back; and what rehearsals
   * have changed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "rehearsing"})
  void aTrainingThatIsKilledAnywhereEndsWithTheSameBits(String rehearsing) throws Exception {
    List<String> more = rehearsing.isEmpty() ? List.of() : List.of(rehearsing);
    INDArray uninterrupted = finish("whole", start("whole", more));

    Random random = new Random(1);
    Path checkpoint = directory.resolve("killed-checkpoints").resolve("checkpoint.zip");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed", more);
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
    assertThat(finish("killed", start("killed", more))).isEqualTo(uninterrupted);
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
  void refusesADamagedCheckpoint() throws IOException {
    Files.createDirectories(directory.resolve("c"));
    Files.writeString(directory.resolve("c").resolve("checkpoint.zip"), "not a zip");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(1)))
        .withMessageContaining("is damaged; delete it");
  }

  /** As a kill, but at a known epoch: after the first rehearsal, before the next. */
  @Test
  void goesOnWithWhatARehearsalChanged() {
    TrainingOptions whole =
        options(8).withRehearsal(TrainsWithCheckpoints.REHEARSAL, TrainsWithCheckpoints.heldOut());
    var uninterrupted = TrainsWithCheckpoints.model(1);
    TrainingReport report =
        uninterrupted.fit(
            TrainsWithCheckpoints.data(),
            whole.withCheckpoints(directory.resolve("uninterrupted")));
    AtomicBoolean stop = new AtomicBoolean();
    TrainsWithCheckpoints.model(1)
        .fit(
            TrainsWithCheckpoints.data(),
            whole.withProgress(progress -> stop.set(progress.epoch() == 5)).withCancel(stop::get));
    var resumed = TrainsWithCheckpoints.model(1);
    TrainingReport rest = resumed.fit(TrainsWithCheckpoints.data(), whole);
    assertThat(rest.epochs()).hasSize(4);
    assertThat(report.rehearsals().get(0).epoch()).isEqualTo(3);
    assertThat(report.rehearsals().get(0).after()).isNotEqualTo(Method.DEFAULT);
    // The copies ask about the samples that they would have asked about.
    assertThat(rest.rehearsals()).isNotEmpty();
    assertThat(rest.rehearsals().stream().map(RehearsalReport::findings).toList())
        .isEqualTo(report.rehearsals().stream().skip(1).map(RehearsalReport::findings).toList());
    assertThat(rest.method()).isEqualTo(report.method());
    assertThat(resumed.network().params()).isEqualTo(uninterrupted.network().params());
  }

  private TrainingOptions options(int epochs) {
    return TrainingOptions.epochs(epochs)
        .withProgress(progress -> {})
        .withCheckpoints(directory.resolve("c"));
  }
}
