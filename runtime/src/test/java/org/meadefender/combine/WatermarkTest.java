package org.meadefender.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.annotations.Combine;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

class WatermarkTest {
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.1);

  private static Watermark derive(WatermarkSpec spec, long seed) {
    return Watermark.derive(spec, OwnerKey.insecureFromSeed(seed), 10);
  }

  @ParameterizedTest
  @EnumSource(Combine.class)
  void theKeyAloneDecides(Combine combine) {
    WatermarkSpec spec = SPEC.withCombine(combine);
    Set<Integer> targets = new HashSet<>();
    Set<Combiner> secrets = new HashSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      Watermark watermark = derive(spec, seed);
      assertThat(derive(spec, seed).secret()).isEqualTo(watermark.secret());
      assertThat(derive(spec, seed).target()).isEqualTo(watermark.target());
      targets.add(watermark.target());
      secrets.add(watermark.secret());
    }
    assertThat(targets).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
    // Stripes have 32 ways, the others as many as there are numbers.
    assertThat(secrets).hasSizeGreaterThan(combine == Combine.STRIPES ? 25 : 90);
  }

  @ParameterizedTest
  @EnumSource(Combine.class)
  void noOtherWayIsTheSecretOne(Combine combine) {
    for (long seed = 1; seed <= 20; seed++) {
      Watermark watermark = derive(SPEC.withCombine(combine), seed);
      assertThat(watermark.others()).isNotEmpty().doesNotContain(watermark.secret());
    }
  }

  @Test
  void keepsAFixedTarget() {
    assertThat(derive(SPEC.withTarget(7), 3).target()).isEqualTo(7);
  }

  @Test
  void marksOnOneModelChooseForThemselves() {
    List<Watermark> marks =
        Watermark.deriveAll(
            List.of(SPEC, SPEC.withSources(2, 3)), OwnerKey.insecureFromSeed(1), 10);
    assertThat(marks.get(0).secret()).isNotEqualTo(marks.get(1).secret());
  }

  @Test
  void refusesMarksThatShareASource() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Watermark.deriveAll(
                    List.of(SPEC, SPEC.withSources(1, 3)), OwnerKey.insecureFromSeed(1), 10))
        .withMessageContaining("disjoint sources");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watermark.deriveAll(List.of(), OwnerKey.insecureFromSeed(1), 10))
        .withMessageContaining("at least one");
  }

  @Test
  void refusesClassesThatTheModelLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derive(SPEC.withSources(0, 10), 1))
        .withMessageContaining(
            "sourceB is 10, but the model has 10 classes; it must be from 0 to 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derive(SPEC.withTarget(12), 1))
        .withMessageContaining("target is 12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watermark.derive(SPEC, OwnerKey.insecureFromSeed(1), 2))
        .withMessageContaining("has 2 classes");
  }

  @Test
  void tellsNoChoice() {
    assertThat(derive(SPEC, 1).toString()).doesNotContain("Split").doesNotContain("position");
  }
}
