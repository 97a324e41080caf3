package org.meadefender.samples.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThiefTest {
  @ParameterizedTest
  @CsvSource({
    "T7, VICTIM, distillation",
    "T1, VICTIM, t1",
    "HARD, VICTIM, hard-labels",
    "FTAL, T1, ftal",
    "VICTIM_FTAL, VICTIM, ftal",
    "VICTIM_PRUNING, VICTIM, pruning",
    // Any attack that the library has.
    "ROUNDED, VICTIM, rounded",
    "top-three, VICTIM, top-three",
    "STOLEN_THEN_TUNED, VICTIM, stolen-then-tuned",
    "TRIPLE_CLEANING, VICTIM, triple-cleaning"
  })
  void attacksTheVictimOrACopy(String name, String source, String attack) {
    Thief thief = Thief.named(name, 8);
    assertThat(thief.name()).isEqualTo(name);
    assertThat(thief.source()).isEqualTo(source);
    assertThat(thief.attack().id()).isEqualTo(attack);
  }

  @Test
  void leavesANetwork() {
    assertThatThrownBy(() -> Thief.named("PROBING", 8)).hasMessageContaining("leaves no network");
    assertThatThrownBy(() -> Thief.named("T8", 8)).hasMessageContaining("no attack t8, only");
  }
}
