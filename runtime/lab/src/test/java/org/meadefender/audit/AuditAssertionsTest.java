package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meadefender.audit.AuditEntries.entry;
import static org.meadefender.audit.AuditEntries.model;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditAssertionsTest {
  private static final Attack OWN =
      Attack.extraction(
          "own-copy",
          "own copy",
          "Nobody of this library wrote it.",
          (victim, transfer, student, seed, listener) -> {
            throw new IllegalStateException("not run");
          });

  private static final AuditResult RESULT =
      AuditEntries.result(
          5,
          List.of(
              entry(Attacks.DISTILLATION, "", AttackOutcome.REMOVED, model(0.9, 100, "NotOwned")),
              entry(Attacks.PROBING, "", AttackOutcome.DETECTED, null),
              entry(Attacks.INT8, "", AttackOutcome.SURVIVED, model(0.9, 800, "Owned")),
              entry(OWN, "", AttackOutcome.SURVIVED, model(0.9, 700, "Owned")),
              entry(Attacks.ANSWER_PROFILE, "without networks", AttackOutcome.UNDETECTED, null)));

  @Test
  void sayWhatIsWrong() {
    AuditAssertions.AuditAssert audit = AuditAssertions.assertThat(RESULT);
    assertThatThrownBy(() -> audit.survives(Attacks.DISTILLATION))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "distillation: watermark lost, verdict NotOwned, WSR 10.0 % (100/1000), accuracy"
                + " 90.0 %");
    assertThatThrownBy(() -> audit.survives("int8").withWsrAtLeast(0.9))
        .hasMessageContaining("at least 90.0 %, but verdict Owned, WSR 80.0 % (800/1000)");
    assertThatThrownBy(() -> audit.survives(Attacks.WRK))
        .hasMessageContaining(
            "has not run wrk, only distillation, probing, int8, own-copy, answer-profile");
    assertThatThrownBy(() -> audit.isNotDetectedBy(Attacks.PROBING))
        .hasMessageContaining("raised a suspicion: figure 0.5");
    audit.isNotDetectedBy(Attacks.ANSWER_PROFILE);
    assertThatThrownBy(() -> audit.isNotDetectedBy("int8")).hasMessageContaining("is no search");
    assertThatThrownBy(() -> audit.survives("probing")).hasMessageContaining("is a search");
  }

  @Test
  void passWhereAllIsWell() {
    assertThatCode(
            () ->
                AuditAssertions.assertThat(RESULT)
                    .survives("int8")
                    .withWsrAtLeast(0.8)
                    .and()
                    .survives(OWN)
                    .and()
                    .survives("own-copy")
                    .withWsrAtLeast(0.7))
        .doesNotThrowAnyException();
  }
}
