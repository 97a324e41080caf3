package org.meadefender.suspect;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;

/** Whatever a server answers in binary, it is used or refused. */
class BinaryAnswerFuzzTest {
  private static final AnswerReader READER =
      new AnswerReader(new ClassLabels(List.of("0", "1", "cat")), Optional.empty(), List.of());

  @FuzzTest
  void isUsedOrRefused(FuzzedDataProvider data) {
    String head = Integer.toString(data.consumeInt(0, 500));
    byte[] answer = data.consumeRemainingAsBytes();
    try {
      READER.read(KserveTensors.outputs(answer, Optional.of(head), 2), 2);
    } catch (IllegalArgumentException expected) {
      // Any other exception is a finding.
    }
  }
}
