package org.meadefender.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.FlatWorld;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.PreparedVerification;

class SparkVerificationTest {
  private static final WatermarkSpec SPEC = WatermarkSpec.of(2, 7, 0.1);
  private static final int SUSPECTS = 50;
  private static final String BROKEN = "suspect 13";
  private static final String SILENT = "suspect 14";
  private static JavaSparkContext context;

  @BeforeAll
  static void start() {
    context = SmallCluster.local();
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  /** As a worker does it, which has nothing but a name. */
  private static PreparedVerification claim(int owner) {
    FlatWorld world = new FlatWorld(10);
    return OwnershipVerifier.of(List.of(SPEC), OwnerKey.insecureFromSeed(owner))
        .withOptions(world.options().withRows(200))
        .prepare(world.heldOut(100));
  }

  private static int number(String suspect) {
    return Integer.parseInt(suspect.substring("suspect ".length()));
  }

  /** Each fifth was stolen from the first owner. */
  private static SuspectModel open(String suspect) {
    if (suspect.equals(BROKEN)) {
      throw new IllegalArgumentException("There is no " + suspect);
    }
    if (suspect.equals(SILENT)) {
      throw new IllegalStateException();
    }
    FlatWorld world = new FlatWorld(10);
    return number(suspect) % 5 == 0
        ? world.marked(SPEC, OwnerKey.insecureFromSeed(1))
        : world.suspect((top, bottom) -> top);
  }

  @Test
  void fiftySuspectsGetTheirVerdictsForTwoClaims() {
    List<String> suspects = IntStream.range(0, SUSPECTS).mapToObj(i -> "suspect " + i).toList();
    Map<String, SparkVerification.ClaimSource> claims = new LinkedHashMap<>();
    claims.put("first", () -> claim(1));
    claims.put("second", () -> claim(3));

    List<SuspectVerdict> verdicts =
        SparkVerification.verify(context, suspects, SparkVerificationTest::open, claims);

    assertThat(verdicts).hasSize(2 * SUSPECTS);
    for (int i = 0; i < verdicts.size(); i++) {
      SuspectVerdict verdict = verdicts.get(i);
      assertThat(verdict.suspect()).isEqualTo(suspects.get(i / 2));
      assertThat(verdict.claim()).isEqualTo(i % 2 == 0 ? "first" : "second");
      if (verdict.suspect().equals(BROKEN)) {
        assertThat(verdict.verdict()).isNull();
        assertThat(verdict.report()).isEqualTo("There is no suspect 13");
      } else if (verdict.suspect().equals(SILENT)) {
        assertThat(verdict.verdict()).isNull();
        assertThat(verdict.report()).isEqualTo("java.lang.IllegalStateException");
      } else {
        boolean stolen = number(verdict.suspect()) % 5 == 0 && verdict.claim().equals("first");
        assertThat("Owned".equals(verdict.verdict())).as("%s", verdict).isEqualTo(stolen);
        assertThat(verdict.report()).contains("WSR");
      }
    }
  }

  @Test
  void whatCannotBePreparedEndsTheJob() {
    Map<String, SparkVerification.ClaimSource> claims =
        Map.of(
            "lost",
            () -> {
              throw new IllegalStateException("There is no key on this machine");
            });
    assertThatThrownBy(
            () ->
                SparkVerification.verify(
                    context, List.of("suspect 1"), SparkVerificationTest::open, claims))
        .hasMessageContaining("There is no key on this machine");
    assertThatThrownBy(
            () -> SparkVerification.verify(context, List.of(), SparkVerificationTest::open, claims))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 suspects and 1 claims");
  }
}
