package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meadefender.audit.MarkedTask.KEY;
import static org.meadefender.audit.MarkedTask.SMALL;
import static org.meadefender.audit.MarkedTask.SPEC;
import static org.meadefender.audit.MarkedTask.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.SmallTask;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.combine.BlendingAutoencoder.Options;
import org.meadefender.data.LabelledSamples;
import org.meadefender.report.AuditPage;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

class RobustnessAuditTest {
  @TempDir Path directory;

  @Test
  void runsEveryAttackAndJudges() {
    HeardSteps heard = new HeardSteps();
    List<Attack> all = Attacks.all(new int[] {300}, new double[] {0.2, 0.9});
    AuditResult result =
        audit()
            .withUnmarked(SmallTask.victim())
            .withOtherArchitecture(Architecture.of(SmallTask.graph()))
            .withOtherTask(SmallTask.thiefsData().take(300).shuffledBatches(100, 1))
            .withPlan(new AuditPlan("all", SMALL, all))
            .withListener(heard)
            .run(directory);
    assertThat(result.complete()).isTrue();
    List<String> order = new ArrayList<>(List.of("none"));
    all.forEach(attack -> order.add(attack.id()));
    assertThat(result.entries().stream().map(entry -> entry.attack().id()).distinct())
        .containsExactlyElementsOf(order);
    assertThat(heard.finished).hasSize(result.plannedSteps()).doesNotHaveDuplicates();
    assertThat(heard.remaining.get(0)).isZero();
    assertThat(heard.remaining.subList(1, 4)).noneMatch(Duration::isZero);
    assertThat(AuditStore.read(directory.resolve(AuditStore.FILE))).isEqualTo(result);
    ModelFigures unmarked = model(result.of(Attacks.NONE, AuditEntry.Subject.UNMARKED).get(0));
    ModelFigures unattacked = model(result.of(Attacks.NONE).get(0));
    assertThat(unattacked.successRate()).isGreaterThan(0.9);
    assertThat(unmarked.successRate()).isLessThan(0.3);
    AuditEntry distilled = result.of(Attacks.DISTILLATION).get(0);
    assertThat(distilled.queries()).isEqualTo(SMALL.queries());
    AuditEntry fewer = result.of("query-budget", AuditEntry.Subject.PROTECTED).get(0);
    assertThat(fewer.queries()).isEqualTo(300);
    AuditEntry pruned = result.of("pruning", AuditEntry.Subject.PROTECTED).get(1);
    assertThat(pruned.outcome()).isEqualTo(AttackOutcome.of(model(pruned), unattacked.accuracy()));
    for (AuditEntry profile : result.of(Attacks.ANSWER_PROFILE)) {
      assertThat(profile.figures())
          .containsEntry("triples", 360.0)
          .containsKeys("rank of the triple", "rank of the triple by true labels");
      assertThat(profile.outcome())
          .isEqualTo(
              profile.figures().getOrDefault("share of triples at or before it", Double.NaN) <= 0.05
                  ? AttackOutcome.DETECTED
                  : AttackOutcome.UNDETECTED);
    }
    assertThat(result.of(Attacks.ANSWER_PROFILE, AuditEntry.Subject.UNMARKED)).hasSize(2);
    AuditEntry guessed = result.of(Attacks.FOUND_TRIPLE_CLEANING).get(0);
    assertThat(guessed.queries()).isEqualTo(SMALL.queries());
    assertThat(guessed.figures().get("guess is the triple")).isIn(0.0, 1.0);
    // Small changes of the weights change no verdict.
    for (Attack attack : List.of(Attacks.INT8, Attacks.BFLOAT16)) {
      ModelFigures changed = model(result.of(attack).get(0));
      assertThat(changed.verdict()).isEqualTo(unattacked.verdict());
      assertThat(changed.fidelity()).isGreaterThan(0.95);
      assertThat(changed.successRate()).isGreaterThan(0.8);
    }
  }

  /** Whoever mixes samples may blend them too, where the mark is a blend. */
  @Test
  void aBlendedMarkIsAttackedWithAutoencoders() {
    Options options = new Options(300, 3);
    OwnerKey key =
        BlendingAutoencoder.train(SmallTask.thiefsData().shuffledBatches(100, 1), KEY, options)
            .addTo(KEY);
    WatermarkSpec spec = SPEC.withCombine(Combine.AUTOENCODER_BLENDING);
    LabelledSamples test = SmallTask.testData().take(300);
    AuditPlan plan =
        Preset.QUICK.plan().withScale(SMALL).withAttacks(Attacks.MIXED_SAMPLES, Attacks.PROBING);
    List<AuditResult> results = new ArrayList<>();
    for (WatermarkSpec each : List.of(SPEC, spec)) {
      results.add(
          RobustnessAudit.of(
                  each,
                  key,
                  MarkedTask.marked(),
                  SmallTask.thiefsData().take(300).shuffledBatches(100, 1),
                  test.shuffledBatches(100, 1))
              .withPlan(plan)
              .run(directory.resolve(each.combine().name())));
    }
    assertThat(mixesTried(results.get(1))).isGreaterThan(1.2 * mixesTried(results.get(0)));
    assertThat(results.get(1).of(Attacks.MIXED_SAMPLES)).hasSize(1);
  }

  private static double mixesTried(AuditResult result) {
    return result.of(Attacks.PROBING).get(0).figures().getOrDefault("mixed pairs tried", 0.0);
  }

  @Test
  void resumesWhereItWasStopped() throws IOException {
    AuditPlan plan =
        Preset.QUICK
            .plan()
            .withScale(SMALL)
            .withAttacks(Attacks.DISTILLATION, Attacks.INT8, Attacks.STOLEN_THEN_TUNED);
    RobustnessAudit audit = audit().withPlan(plan);
    assertThatThrownBy(() -> audit.withListener(new HeardSteps(2)).run(directory))
        .hasMessage("stopped");
    Path file = directory.resolve(AuditStore.FILE);
    assertThat(AuditStore.read(file).entries()).hasSize(2);
    HeardSteps heard = new HeardSteps();
    AuditResult resumed = audit.withListener(heard).run(directory);
    assertThat(heard.finished).as("only the rest").hasSize(2);
    AuditResult whole = audit.run(directory.resolve("whole"));
    assertThat(resumed.entries())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
        .isEqualTo(whole.entries());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("audit.json", "copy-of-protected.zip", "whole");
    }
    assertThatThrownBy(() -> audit.withSeed(9).run(directory))
        .hasMessageContaining("another model, data or settings");
  }

  /** A result of before log loss, calibration error and source answers. */
  @Test
  void readsResultsWithoutWhatWasAddedLater() throws IOException {
    AuditResult result =
        AuditEntries.result(
            1,
            List.of(
                AuditEntries.entry(
                    Attacks.NONE,
                    "",
                    AttackOutcome.UNATTACKED,
                    AuditEntries.model(0.9, 900, "Owned"))));
    Path file = directory.resolve("audit.json");
    AuditStore.write(result, file);
    ObjectMapper json = new ObjectMapper();
    JsonNode tree = json.readTree(file.toFile());
    ObjectNode model = (ObjectNode) tree.path("entries").get(0).path("model");
    assertThat(model.path("calibration").path("logLoss").asDouble()).isEqualTo(0.495);
    assertThat(model.path("sourceAnswers").path("targetGivenB").asDouble()).isEqualTo(0.294);
    model.remove(List.of("calibration", "sourceAnswers"));
    json.writeValue(file.toFile(), tree);
    AuditResult read = AuditStore.read(file);
    assertThat(model(read.entries().get(0)).calibration()).isNull();
    assertThat(model(read.entries().get(0)).rates())
        .isEqualTo(model(result.entries().get(0)).rates());
    assertThat(AuditPage.html(read)).doesNotContain("What ordinary answers show");
    assertThat(AuditPage.html(result)).contains("What ordinary answers show");
  }

  @Test
  void rejectsOtherSchemas() throws IOException {
    Path file = directory.resolve("old.json");
    Files.writeString(file, "{\"schemaVersion\": 99}");
    assertThatThrownBy(() -> AuditStore.read(file)).hasMessageContaining("schema version 99");
    Files.writeString(file, "{nonsense");
    assertThatThrownBy(() -> AuditStore.read(file)).hasMessageContaining("no audit result");
  }

  private static ModelFigures model(AuditEntry entry) {
    return Objects.requireNonNull(entry.model());
  }
}
