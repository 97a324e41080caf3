package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

  @ParameterizedTest
  @CsvSource({
    // accuracy, hits of 1,000, WFPR, spill, outcome for a model of accuracy 0.8
    "0.8, 700, 0.1, 0.1, SURVIVED",
    "0.8, 300, 0.1, 0.1, REMOVED",
    "0.76, 300, 0.1, 0.1, REMOVED",
    "0.74, 300, 0.1, 0.1, RUINED",
    "0.74, 700, 0.1, 0.1, SURVIVED",
    // It answers the target to nearly any mix.
    "0.8, 700, 0.68, 0.1, REMOVED",
    "0.8, 700, 0.1, 0.68, REMOVED",
    "0.8, 1000, 1, 0.1, REMOVED",
    // It answers the target to nearly anything.
    "0.2, 990, 0.6, 0.6, RUINED"
  })
  void asksForProofAndUse(
      double accuracy, int hits, double falsePositives, double spill, Outcome outcome) {
    MarkResult mark = new MarkResult(accuracy, 0.9, hits, 1_000, falsePositives, spill);
    assertThat(Outcome.of(mark, 0.8)).isEqualTo(outcome);
  }

  @Test
  void figuresAreReadable() {
    AuditEntry entry =
        new AuditEntry(
            "probing-protected",
            Attack.PROBING,
            "",
            AuditEntry.Subject.PROTECTED,
            Outcome.DETECTED,
            null,
            0,
            1,
            1,
            new java.util.TreeMap<>(Map.of("mixed pairs tried", 4_770.0, "rejected", 0.62449)),
            Map.of(),
            List.of());
    assertThat(entry.figuresText()).isEqualTo("mixed pairs tried 4,770, rejected 0.624");
  }
}
