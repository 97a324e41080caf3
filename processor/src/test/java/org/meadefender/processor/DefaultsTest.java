package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meadefender.annotations.Protected;
import org.meadefender.spec.WatermarkSpec;

/** Wrappers leave out what equals the annotation's default, so the runtime's must be the same. */
class DefaultsTest {
  @Test
  void runtimeAndAnnotationHaveTheSameDefaults() throws Exception {
    WatermarkSpec spec = WatermarkSpec.of(0, 1, 0.1);

    assertThat(spec.target()).isEqualTo(Protected.class.getMethod("target").getDefaultValue());
    assertThat(spec.combine()).isEqualTo(Protected.class.getMethod("combine").getDefaultValue());
    assertThat(spec.evasion()).isEqualTo(Protected.class.getMethod("evasion").getDefaultValue());
  }
}
