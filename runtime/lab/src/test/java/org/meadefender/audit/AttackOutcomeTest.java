package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackOutcomeTest {

  @ParameterizedTest
  @CsvSource({
    // accuracy, verdict, outcome for a model of accuracy 0.8
    "0.8, Owned, SURVIVED",
    "0.74, Owned, SURVIVED",
    "0.8, Traces, TRACES",
    "0.74, Traces, RUINED",
    "0.8, NotOwned, REMOVED",
    "0.76, Inconclusive, REMOVED",
    "0.74, NotOwned, RUINED",
    // Of no use, whatever it answers.
    "0.2, Owned, RUINED"
  })
  void asksForTheVerdictAndUse(double accuracy, String verdict, AttackOutcome outcome) {
    assertThat(AttackOutcome.of(AuditEntries.model(accuracy, 700, verdict), 0.8))
        .isEqualTo(outcome);
  }

  @Test
  void figuresAreReadable() {
    AuditEntry entry =
        new AuditEntry(
            "probing-protected",
            AttackDescription.of(Attacks.PROBING),
            "",
            AuditEntry.Subject.PROTECTED,
            AttackOutcome.DETECTED,
            null,
            null,
            0,
            1,
            1,
            new TreeMap<>(Map.of("mixed pairs tried", 4_770.0, "rejected", 0.62449)),
            List.of(),
            List.of());
    assertThat(entry.figuresText()).isEqualTo("mixed pairs tried 4,770, rejected 0.624");
  }
}
