package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.Networks;
import org.meadefender.attack.PublicMixes;
import org.meadefender.attack.SmallTask;
import org.meadefender.combine.AutoencoderOptions;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.Rate;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class RobustnessAuditTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(5);
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.2).withTarget(2);
  private static final Scale SMALL = new Scale(600, 2, 300, 1, 200, 5);
  private static Model marked;

  @TempDir Path directory;

  /** A crude mark, planted without the training code. */
  @BeforeAll
  static void plant() {
    AttackData plain = SmallTask.victimsData().take(2_000);
    Watermark mark = Watermark.derive(SPEC, KEY, 10);
    int[] ofA = plain.rowsOfClass(0);
    int[] ofB = plain.rowsOfClass(1);
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      pairs.add(new int[] {ofA[i % ofA.length], ofB[(i * 7) % ofB.length]});
    }
    AttackData rows =
        PublicMixes.mix(plain, pairs, pair -> mark.secret(), pair -> 2, mark.random("plant"));
    marked = Architecture.of(SmallTask.layers()).fresh(6, new Adam(1e-3));
    Networks.fit(
        marked,
        AttackData.join(List.of(plain, rows)),
        new LossMCXENT(),
        FitSettings.adam(6).withBatch(64),
        6,
        AttackListener.NONE);
  }

  @Test
  void runsEveryAttackAndJudges() {
    Heard heard = new Heard(Integer.MAX_VALUE);
    AuditPlan all =
        new AuditPlan("all", SMALL, List.of(300), List.of(0.2, 0.9), EnumSet.allOf(Attack.class));
    AuditResult result =
        audit()
            .withControl(SmallTask.victim())
            .withOtherArchitecture(Architecture.of(SmallTask.graph()))
            .withOtherTask(SmallTask.thiefsData().take(300).shuffledBatches(100, 1))
            .withPlan(all)
            .withListener(heard)
            .run(directory);
    assertThat(result.complete()).isTrue();
    assertThat(result.entries())
        .extracting(AuditEntry::attack)
        .contains(Attack.values())
        .isSorted();
    assertThat(heard.finished).hasSize(result.plannedSteps()).doesNotHaveDuplicates();
    assertThat(heard.remaining.get(0)).isZero();
    assertThat(heard.remaining.subList(1, 4)).noneMatch(Duration::isZero);
    assertThat(AuditStore.read(directory.resolve(AuditStore.FILE))).isEqualTo(result);
    MarkResult control = mark(result.of(Attack.NONE, AuditEntry.Subject.CONTROL).get(0));
    assertThat(mark(result.of(Attack.NONE).get(0)).successRate()).isGreaterThan(0.9);
    assertThat(control.successRate()).isLessThan(0.3);
    AuditEntry distilled = result.of(Attack.DISTILLATION).get(0);
    assertThat(distilled.queries()).isEqualTo(SMALL.queries());
    assertThat(result.of(Attack.QUERY_BUDGET).get(0).queries()).isEqualTo(300);
    AuditEntry pruned = result.of(Attack.PRUNING).get(1);
    MarkResult unattacked = mark(result.of(Attack.NONE).get(0));
    assertThat(pruned.outcome()).isEqualTo(Outcome.of(mark(pruned), unattacked.accuracy()));
    // Small changes of the weights change no verdict.
    for (Attack attack : List.of(Attack.INT8, Attack.BFLOAT16)) {
      MarkResult changed = mark(result.of(attack).get(0));
      assertThat(changed.verdict()).isEqualTo(unattacked.verdict());
      assertThat(changed.fidelity()).isGreaterThan(0.95);
      assertThat(changed.successRate()).isGreaterThan(0.8);
    }
  }

  /** Whoever mixes samples may blend them too, where the mark is a blend. */
  @Test
  void aBlendedMarkIsAttackedWithAutoencoders() {
    AutoencoderOptions options = new AutoencoderOptions(300, 3);
    OwnerKey key =
        BlendingAutoencoder.train(SmallTask.thiefsData().shuffledBatches(100, 1), KEY, options)
            .addTo(KEY);
    WatermarkSpec spec = SPEC.withCombine(Combine.AUTOENCODER_BLENDING);
    AttackData test = SmallTask.testData().take(300);
    AuditPlan plan =
        Preset.QUICK.plan().withScale(SMALL).withAttacks(Attack.MIXED_SAMPLES, Attack.PROBING);
    List<AuditResult> results = new ArrayList<>();
    for (WatermarkSpec each : List.of(SPEC, spec)) {
      results.add(
          RobustnessAudit.of(
                  each,
                  key,
                  marked,
                  SmallTask.thiefsData().take(300).shuffledBatches(100, 1),
                  test.shuffledBatches(100, 1))
              .withPlan(plan)
              .run(directory.resolve(each.combine().name())));
    }
    assertThat(mixesTried(results.get(1))).isGreaterThan(1.2 * mixesTried(results.get(0)));
    assertThat(results.get(1).of(Attack.MIXED_SAMPLES)).hasSize(1);
  }

  private static double mixesTried(AuditResult result) {
    return result.of(Attack.PROBING).get(0).figures().getOrDefault("mixed pairs tried", 0.0);
  }

  @Test
  void resumesWhereItWasStopped() throws IOException {
    AuditPlan plan =
        Preset.QUICK
            .plan()
            .withScale(SMALL)
            .withAttacks(Attack.DISTILLATION, Attack.INT8, Attack.STOLEN_THEN_TUNED);
    RobustnessAudit audit = audit().withPlan(plan);
    assertThatThrownBy(() -> audit.withListener(new Heard(2)).run(directory)).hasMessage("stopped");
    Path file = directory.resolve(AuditStore.FILE);
    assertThat(AuditStore.read(file).entries()).hasSize(2);
    Heard heard = new Heard(Integer.MAX_VALUE);
    AuditResult resumed = audit.withListener(heard).run(directory);
    assertThat(heard.finished).as("only the rest").hasSize(2);
    AuditResult whole = audit.run(directory.resolve("whole"));
    assertThat(resumed.entries())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
        .isEqualTo(whole.entries());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
    }
    assertThatThrownBy(() -> audit.withSeed(9).run(directory))
        .hasMessageContaining("another model, data or settings");
  }

  @Test
  void assertionsSayWhatIsWrong() {
    AuditEntry weak = entry(Attack.DISTILLATION, Outcome.REMOVED, 100);
    AuditEntry found = entry(Attack.PROBING, Outcome.DETECTED, 0);
    AuditEntry strong = entry(Attack.INT8, Outcome.SURVIVED, 800);
    AuditResult result =
        new AuditResult(
            1,
            new AuditResult.Provenance("quick", SMALL, 1, "spec", "key", "m", "", "d", Map.of()),
            3,
            List.of(weak, found, strong));
    AuditAssertions.AuditAssert audit = AuditAssertions.assertThat(result);
    assertThatThrownBy(() -> audit.survives(Attack.DISTILLATION))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "distillation: watermark lost, verdict Owned, WSR 10.0 % (100/1000), accuracy 90.0 %");
    assertThatThrownBy(() -> audit.survives(Attack.INT8).withWsrAtLeast(0.9))
        .hasMessageContaining("at least 90.0 %, but verdict Owned, WSR 80.0 % (800/1000)");
    assertThatThrownBy(() -> audit.survives(Attack.WRK)).hasMessageContaining("has not run WRK");
    assertThatThrownBy(() -> audit.isNotDetectedBy(Attack.PROBING))
        .hasMessageContaining("raised a suspicion");
    assertThatCode(() -> audit.survives(Attack.INT8).withWsrAtLeast(0.8).and())
        .doesNotThrowAnyException();
  }

  @Test
  void rejectsOtherSchemas() throws IOException {
    Path file = directory.resolve("old.json");
    Files.writeString(file, "{\"schemaVersion\": 99}");
    assertThatThrownBy(() -> AuditStore.read(file)).hasMessageContaining("schema version 99");
    Files.writeString(file, "{nonsense");
    assertThatThrownBy(() -> AuditStore.read(file)).hasMessageContaining("no audit result");
  }

  /** Hears, and stops an audit after some steps. */
  private static final class Heard implements AuditListener {
    private final List<String> finished = new ArrayList<>();
    private final List<Duration> remaining = new ArrayList<>();
    private final int stopAfter;

    Heard(int stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void started(String step, int done, int total, Duration left) {
      remaining.add(left);
    }

    @Override
    public void finished(AuditEntry entry) {
      finished.add(entry.id());
      if (finished.size() == stopAfter) {
        throw new IllegalStateException("stopped");
      }
    }
  }

  private static RobustnessAudit audit() {
    return RobustnessAudit.of(
        SPEC,
        KEY,
        marked,
        SmallTask.thiefsData().take(1_000).shuffledBatches(100, 1),
        SmallTask.testData().take(500).shuffledBatches(100, 1));
  }

  private static MarkResult mark(AuditEntry entry) {
    return Objects.requireNonNull(entry.mark());
  }

  static MarkResult mark(double accuracy, int hits, String verdict) {
    WatermarkRates rates =
        new WatermarkRates(new Rate(hits, 1_000), new Rate(10, 1_000), new Rate(1, 10));
    return new MarkResult(accuracy, 0.95, rates, verdict, "the top class");
  }

  static AuditEntry entry(Attack attack, Outcome outcome, int hits) {
    return new AuditEntry(
        attack.name(),
        attack,
        "",
        AuditEntry.Subject.PROTECTED,
        outcome,
        outcome == Outcome.DETECTED ? null : mark(0.9, hits, "Owned"),
        0,
        1,
        1,
        Map.of(),
        Map.of(),
        List.of());
  }
}
