package org.meadefender.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meadefender.accelerate.Acceleration;

/** What a run does, and says, where other programs use the cores. */
class BusyCoresTest {

  /** As the other tests have it. */
  @AfterEach
  void oneThread() {
    Acceleration.threads(1);
  }

  @Test
  void oneThreadWhereItIsClearlyFaster() {
    ThreadChoice choice = ThreadChoice.decide(2, 400, 60);
    assertThat(choice.count()).isEqualTo(1);
    assertThat(choice)
        .hasToString(
            "Threads: 1 (the cores are busy: 2 threads train 60 samples/s, one trains 400)");
  }

  @Test
  void allCoresElse() {
    assertThat(ThreadChoice.decide(2, 400, 600).count()).isEqualTo(2);
    assertThat(ThreadChoice.decide(2, 400, 390).count()).isEqualTo(2);
    assertThat(ThreadChoice.decide(1, 400, 100).count()).isEqualTo(1);
  }

  @Test
  void aCollapseIsNamedOnce() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintedProgress progress =
        new PrintedProgress(new PrintStream(printed, true, StandardCharsets.UTF_8));
    progress.epochTook(10);
    progress.epochTook(29);
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    progress.epochTook(31);
    progress.epochTook(60);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "  This epoch took 31 s, the fastest 10 s: other programs use the cores. If that lasts,"
                + " stop and add -Dthreads=1");
  }
}
