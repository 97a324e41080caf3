package org.meadefender.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void medianAndQuartiles() {
    assertThat(Spread.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0))).isEqualTo(new Spread(3, 2, 4, 5));
    assertThat(Spread.of(List.of(1.0, 2.0))).isEqualTo(new Spread(1.5, 1.25, 1.75, 2));
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    // The machine was slow in the second round, for both.
    Spread ratio = Spread.ofRatios(List.of(80.0, 8.0, 90.0), List.of(10.0, 1.0, 10.0));
    assertThat(ratio).isEqualTo(new Spread(8, 8, 8.5, 3));
  }

  @Test
  void nothingMeasuredIsRefused() {
    assertThatThrownBy(() -> Spread.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no measurements");
  }

  @Test
  void speedsAreReadFromAnswers() {
    assertThat(Speed.parse("256 2.0 4.0")).isEqualTo(new Speed(128, 64));
  }
}
