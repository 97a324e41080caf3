package org.meadefender.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark of the processor runs; figures that count come from its main program. */
class ProcessorBenchmarkTest {
  @Test
  void measuresThreeWays() throws Exception {
    ProcessorBenchmark.Times times = ProcessorBenchmark.measure(20, 2, 0);

    assertThat(times.rounds()).hasSize(2);
    assertThat(times.rounds())
        .allSatisfy(
            round -> {
              assertThat(round.bare().clock()).isPositive();
              assertThat(round.processed().clock()).isPositive();
              assertThat(round.copied().clock()).isPositive();
            });
    assertThat(times.describe()).startsWith("20 annotated classes, 2 rounds");
  }

  @Test
  void comparesRoundByRound() {
    ProcessorBenchmark.Times times =
        new ProcessorBenchmark.Times(1, List.of(round(1, 3, 2), round(11, 14, 12)));

    assertThat(times.added(ProcessorBenchmark.Time::clock).median()).isEqualTo(2.5);
    assertThat(times.work(ProcessorBenchmark.Time::clock).median()).isEqualTo(1.5);
  }

  private static ProcessorBenchmark.Round round(double plain, double with, double copied) {
    return new ProcessorBenchmark.Round(time(plain), time(with), time(copied));
  }

  private static ProcessorBenchmark.Time time(double seconds) {
    return new ProcessorBenchmark.Time(seconds, seconds);
  }
}
