package org.meadefender.suspect;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a server answers, it is used or refused. */
class HttpAnswerFuzzTest {
  @FuzzTest
  void isUsedOrRefused(byte[] answer) {
    for (HttpProtocol protocol : HttpProtocol.values()) {
      try {
        HttpSuspect.read(answer, protocol, 2, 3);
      } catch (IllegalArgumentException expected) {
        // Any other exception is a finding.
      }
    }
  }
}
