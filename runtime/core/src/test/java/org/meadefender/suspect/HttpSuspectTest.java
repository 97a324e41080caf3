package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.suspect.MisbehavingServer.Fault;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HttpSuspectTest {
  private static final HttpOptions QUICK =
      HttpOptions.DEFAULT.withRetries(2, Duration.ofMillis(1)).withTimeout(Duration.ofSeconds(10));
  private static final INDArray ROWS = Nd4j.linspace(-1, 1, 5 * 4).reshape(5, 1, 2, 2);

  private MisbehavingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MisbehavingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpSuspect suspect(URI address, HttpOptions options) {
    return HttpSuspect.of(
        address, SuspectOptions.ofClasses(MisbehavingServer.CLASSES).withHttp(options));
  }

  private void assertAnswers(INDArray answers) {
    for (int i = 0; i < 5; i++) {
      float[] expected = MisbehavingServer.probabilities(ROWS.getDouble(i, 0, 0, 0));
      assertThat(answers.getRow(i).toFloatVector()).containsExactly(expected, within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/models/net", "/v2/models/net/infer", "/v1/models/net:predict"})
  void answersInBatches(String path) {
    assertAnswers(suspect(server.uri(path), QUICK.withBatch(2)).predict(ROWS));
    assertThat(server.batches).containsExactly(2, 2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/models/net", "/v1/models/net:predict"})
  void labelsBecomeOneHotRows(String path) {
    server.labelsOnly = true;
    INDArray answers = suspect(server.uri(path), QUICK).predict(ROWS);
    assertThat(answers.getRow(0).toFloatVector()).containsExactly(1, 0, 0);
    assertThat(answers.getRow(4).toFloatVector()).containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BUSY", "UNAVAILABLE", "CUT"})
  void faultsThatPassAreTriedAgain(Fault fault) {
    server.faults.addAll(List.of(fault, fault));
    assertAnswers(suspect(server.kserve(), QUICK).predict(ROWS));
  }

  @Test
  void retryAfterIsObeyed() {
    server.faults.add(Fault.BUSY_WITH_WAIT);
    long start = System.nanoTime();
    assertAnswers(suspect(server.kserve(), QUICK).predict(ROWS));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
  }

  @Test
  void slownessIsAFaultThatMayPass() {
    server.faults.add(Fault.SLOW);
    assertAnswers(
        suspect(server.kserve(), QUICK.withTimeout(Duration.ofMillis(700))).predict(ROWS));
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, answered with status 500: expected 3 axes",
    "FORBIDDEN, answered with status 403: no",
    "REDIRECT, answered with status 302",
    "WEB_PAGE, 'answered with a web page, not JSON'",
    "NOT_JSON, no valid JSON",
    "NAN, no valid JSON",
    "WRONG_SHAPE, its output has the shape"
  })
  void otherFaultsEndIt(Fault fault, String message) {
    server.faults.add(fault);
    assertThatThrownBy(() -> suspect(server.kserve(), QUICK).predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining(message);
  }

  @Test
  void retriesEnd() {
    server.faults.addAll(List.of(Fault.BUSY, Fault.BUSY, Fault.BUSY));
    assertThatThrownBy(() -> suspect(server.kserve(), QUICK).predict(ROWS))
        .hasMessageContaining("answered with status 429: slow down, after 3 tries");
  }

  @Test
  void answersAreBounded() {
    server.faults.add(Fault.ENDLESS);
    HttpOptions small =
        new HttpOptions(
            Duration.ofSeconds(10),
            0,
            Duration.ZERO,
            Duration.ZERO,
            64,
            100,
            1 << 20,
            java.util.Map.of(),
            null);
    assertThatThrownBy(() -> suspect(server.kserve(), small).predict(ROWS))
        .hasMessageContaining("answered with more than 1048576 bytes");
  }

  @Test
  void nobodyThere() {
    server.close();
    assertThatThrownBy(() -> suspect(server.tensorflow(), QUICK).predict(ROWS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("cannot be reached: there is no connection, after 3 tries");
  }

  @Test
  void budgetIsKept() {
    HttpSuspect suspect = suspect(server.kserve(), QUICK.withQueryBudget(7));
    suspect.predict(ROWS);
    assertThatThrownBy(() -> suspect.predict(ROWS))
        .hasMessage("The budget of 7 queries is used up after 5");
  }

  @Test
  void headersAreSentAndNeverShown() {
    HttpOptions options = QUICK.withHeader("Authorization", "Bearer abcdef");
    HttpSuspect suspect = suspect(server.kserve(), options);
    suspect.predict(ROWS);
    assertThat(server.authorizations).containsExactly("Bearer abcdef");
    assertThat(options.toString()).contains("Authorization").doesNotContain("abcdef");
    server.faults.add(Fault.FORBIDDEN);
    assertThatThrownBy(() -> suspect.predict(ROWS)).hasMessageNotContaining("abcdef");
    assertThatThrownBy(() -> suspect(URI.create("http://example.com/v2/models/net"), options))
        .hasMessageContaining("would go over plain http; use https");
  }

  @Test
  void strangeAddressesAreRefused() {
    assertThatThrownBy(() -> suspect(URI.create("http://localhost/models/net"), QUICK))
        .hasMessageContaining("is of no known protocol");
    assertThatThrownBy(() -> suspect(URI.create("ftp://localhost/v2/models/net"), QUICK))
        .hasMessageContaining("must start with http:// or https://");
    assertThatThrownBy(() -> suspect(URI.create("http://me:pw@localhost/v2/models/net"), QUICK))
        .hasMessageContaining("must not hold a password")
        .hasMessageNotContaining("pw@");
    assertThat(suspect(URI.create("https://host/v2/models/net?token=x"), QUICK).identity())
        .isEqualTo("https://host/v2/models/net");
  }
}
