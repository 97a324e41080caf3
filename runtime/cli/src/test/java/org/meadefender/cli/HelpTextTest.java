package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.cli.Run.run;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"verify", "train-autoencoder", "register", "inspect", "audit"})
  void helpHasExamples(String command) {
    Run run = run(command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: mea-defender " + command, "Examples:");
  }
}
