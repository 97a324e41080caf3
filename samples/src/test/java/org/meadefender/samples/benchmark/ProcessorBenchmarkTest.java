package org.meadefender.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The benchmark of the processor runs; figures that count are taken on a quiet machine, with {@code
 * -Dclasses=1000}.
 */
class ProcessorBenchmarkTest {
  @Test
  void measuresThreeWays() throws Exception {
    int classes = Integer.getInteger("classes", 20);

    ProcessorBenchmark.Times times = ProcessorBenchmark.measure(classes, classes > 100 ? 5 : 1);

    System.out.println(times.describe());
    assertThat(times.classes()).isEqualTo(classes);
    assertThat(times.plain()).isPositive();
    assertThat(times.processed()).isPositive();
    assertThat(times.handWritten()).isPositive();
  }
}
