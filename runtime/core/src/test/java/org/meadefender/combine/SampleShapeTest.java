package org.meadefender.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SampleShapeTest {
  @Test
  void readsTheLayoutOffABatch() {
    assertThat(SampleShape.of(new long[] {9, 7})).isEqualTo(new SampleShape(1, 1, 7, 1));
    assertThat(SampleShape.of(new long[] {9, 7, 5})).isEqualTo(new SampleShape(7, 1, 5, 1));
    assertThat(SampleShape.of(new long[] {9, 3, 32, 16})).isEqualTo(new SampleShape(3, 32, 16, 1));
    assertThat(SampleShape.of(new long[] {9, 32, 16, 3})).isEqualTo(new SampleShape(1, 32, 16, 3));
  }

  @Test
  void refusesOtherRanks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleShape.of(new long[] {9, 3, 4, 8, 8}))
        .withMessageContaining("[9, 3, 4, 8, 8]");
  }
}
