package org.meadefender.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark of the processor runs; its figures are taken by hand on a quiet machine. */
class ProcessorBenchmarkTest {
  @Test
  void measuresThreeWays() throws Exception {
    ProcessorBenchmark.Times times = ProcessorBenchmark.measure(20, 1);

    assertThat(times.classes()).isEqualTo(20);
    assertThat(times.plain()).isPositive();
    assertThat(times.processed()).isPositive();
    assertThat(times.handWritten()).isPositive();
  }
}
