package org.meadefender.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.annotations.Combine;

class WatermarkSpecTest {
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.1);

  @Test
  void changesOneValueAtATime() {
    WatermarkSpec other =
        SPEC.withSources(3, 4)
            .withTarget(5)
            .withRatio(0.2)
            .withCombine(Combine.PIXEL_MERGING)
            .withEvasion(false);
    assertThat(other).isEqualTo(new WatermarkSpec(3, 4, 5, 0.2, Combine.PIXEL_MERGING, false));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARatioOutsideItsRange(double ratio) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPEC.withRatio(ratio))
        .withMessageContaining("ratio is " + ratio)
        .withMessageContaining("above 0 and at most 1");
  }

  @Test
  void refusesClassesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPEC.withSources(2, 2))
        .withMessageContaining("both 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPEC.withSources(-1, 2))
        .withMessageContaining("sourceA is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPEC.withTarget(1))
        .withMessageContaining("target is 1, which is a source");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPEC.withTarget(-2))
        .withMessageContaining("target is -2");
  }
}
