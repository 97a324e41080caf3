package org.meadefender.suspect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import org.meadefender.internal.Json;

/** Whatever a server answers, it is used or refused. */
class HttpAnswerFuzzTest {
  private static final ClassLabels LABELS = new ClassLabels(List.of("0", "1", "cat"));
  private static final AnswerReader READER = new AnswerReader(LABELS, Optional.empty(), List.of());

  @FuzzTest
  void isUsedOrRefused(byte[] answer) {
    try {
      READER.read(KserveTensors.outputs(answer, Optional.empty(), 2), 2);
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    }
    try {
      READER.read(JsonRows.read(Json.parse(answer, "The answer"), 2, LABELS), 2);
      READER.read(
          JsonRows.read(Json.parse(answer, "The answer").path("predictions"), 2, LABELS), 2);
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    }
  }
}
