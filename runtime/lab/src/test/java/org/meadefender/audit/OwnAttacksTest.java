package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meadefender.audit.MarkedTask.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.detection.DetectionFinding;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.removal.RemovalAttack;
import org.meadefender.data.LabelledSamples;
import org.meadefender.report.AuditPage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Attacks that this library does not know. */
class OwnAttacksTest {
  private static final String PROTECTED = "-protected";

  @TempDir Path directory;

  /** Learns top classes for one epoch. */
  record HastyCopy(int rows) implements ExtractionAttack {
    @Override
    public Model steal(
        BlackBox victim,
        LabelledSamples transfer,
        Architecture student,
        long seed,
        AttackListener listener) {
      LabelledSamples lesson = victim.query(transfer.take(rows)).argmaxed();
      MultiLayerNetwork copy = (MultiLayerNetwork) student.fresh(seed, new Adam(1e-3));
      copy.fit(lesson.shuffledBatches(50, seed));
      return copy;
    }
  }

  /** Cuts large weights. */
  record Clipping(double most) implements RemovalAttack {
    @Override
    public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
      Model copy = Architecture.copy(source, seed, new Adam(1e-3));
      INDArray weights = copy.params().dup();
      copy.setParams(Nd4j.math().clipByValue(weights, -most, most));
      return copy;
    }
  }

  private static Attack copying(int rows) {
    return Attack.extraction(
        "hasty-copy", "hasty <copy>", "One epoch of top classes.", new HastyCopy(rows));
  }

  private static Attack clipping(double most) {
    return Attack.removal(
        "clipping", "weight clipping", "Large weights are cut.", new Clipping(most));
  }

  private static Attack searching() {
    return Attack.detection(
        "own-search",
        "own search",
        "It suspects everybody.",
        (network, clean, seed, listener) ->
            new DetectionFinding() {
              @Override
              public boolean suspicious() {
                return true;
              }

              @Override
              public Map<String, Double> figures() {
                return Map.of("samples looked at", (double) clean.size());
              }
            });
  }

  private static AuditPlan plan(Attack... more) {
    AuditPlan plan = Preset.QUICK.plan().withScale(MarkedTask.SMALL).withAttacks(Attacks.BFLOAT16);
    for (Attack attack : more) {
      plan = plan.with(attack);
    }
    return plan;
  }

  @Test
  void runAndResumeAndAreShownAndAsserted() throws IOException {
    Attack copying =
        Attack.evasion("same-inputs", "same inputs", "Inputs stay.", images -> images.dup());
    RobustnessAudit audit =
        audit().withPlan(plan(copying(400), clipping(1e9), searching(), copying));
    assertThatThrownBy(() -> audit.withListener(new HeardSteps(2)).run(directory))
        .hasMessage("stopped");
    HeardSteps heard = new HeardSteps();

    AuditResult result = audit.withListener(heard).run(directory);

    assertThat(heard.finished)
        .containsExactly(
            "hasty-copy" + PROTECTED,
            "clipping" + PROTECTED,
            "own-search" + PROTECTED,
            "same-inputs" + PROTECTED);
    assertThat(result.complete()).isTrue();
    Path file = directory.resolve(AuditStore.FILE);
    assertThat(AuditStore.read(file)).isEqualTo(result);
    JsonNode copied = new ObjectMapper().readTree(file.toFile()).path("entries").get(2);
    assertThat(copied.path("attack").path("id").asText()).isEqualTo("hasty-copy");
    assertThat(copied.path("attack").path("family").asText()).isEqualTo("EXTRACTION");
    assertThat(copied.path("attack").path("parameters").asText()).isEqualTo("HastyCopy[rows=400]");
    assertThat(copied.path("queries").asInt()).isEqualTo(400);
    assertThat(AuditPage.html(result))
        .contains("hasty &lt;copy&gt;", "One epoch of top classes.", "weight clipping")
        .contains(
            "<b>own search</b> (It suspects everybody.): suspicion raised: samples looked at");
    AuditAssertions.AuditAssert asserted = AuditAssertions.assertThat(result);
    // Nothing is as large as what is cut, so the model stays what it is.
    ModelFigures unattacked = result.of(Attacks.NONE).get(0).model();
    ModelFigures clipped = result.of("clipping", AuditEntry.Subject.PROTECTED).get(0).model();
    assertThat(clipped).isEqualTo(unattacked);
    assertThat(Objects.requireNonNull(clipped).successRate()).isGreaterThan(0.9);
    AuditEntry hasty = result.of(copying(400)).get(0);
    assertThat(hasty.outcome())
        .isEqualTo(
            AttackOutcome.of(
                Objects.requireNonNull(hasty.model()),
                Objects.requireNonNull(unattacked).accuracy()))
        .isNotEqualTo(AttackOutcome.SURVIVED);
    assertThat(result.of(copying).get(0).model()).isEqualTo(unattacked);
    assertThatThrownBy(() -> asserted.isNotDetectedBy("own-search"))
        .hasMessageContaining("own search raised a suspicion");
    // A mark that so few rows and samples do not prove, with or without these attacks.
    assertThatThrownBy(() -> asserted.survives("clipping"))
        .hasMessageContaining("weight clipping: watermark lost, verdict Inconclusive");
    assertThatThrownBy(() -> asserted.survives(copying(400)))
        .hasMessageContaining("hasty <copy>: " + hasty.outcome().text() + ", verdict");
  }

  @Test
  void aLaterPlanGoesOnButNotWithOtherParameters() {
    audit().withPlan(plan()).run(directory);
    HeardSteps heard = new HeardSteps();
    AuditResult more = audit().withPlan(plan(clipping(2))).withListener(heard).run(directory);
    assertThat(heard.finished).containsExactly("clipping" + PROTECTED);
    assertThat(more.complete()).isTrue();
    AuditResult fewer = audit().withPlan(plan()).run(directory);
    assertThat(fewer.entries()).isEqualTo(more.entries());
    assertThat(fewer.complete()).isTrue();
    assertThatThrownBy(() -> audit().withPlan(plan(clipping(3))).run(directory))
        .hasMessageContaining("clipping with other parameters (Clipping[most=2.0], now")
        .hasMessageContaining("another directory");
  }

  @Test
  void plansRefuseWhatResultsCouldNotTellApart() {
    assertThat(plan(clipping(1), clipping(2)).attacks()).hasSize(2);
    assertThatThrownBy(() -> plan().withAttacks(clipping(1), clipping(2)))
        .hasMessageContaining("Two attacks have the id clipping");
    assertThatThrownBy(() -> plan(Attack.removal("Large Weights", "t", "e", new Clipping(1))))
        .hasMessageContaining("\"Large Weights\"; it must be lower-case letters");
    assertThatThrownBy(() -> plan(Attacks.NONE)).hasMessageContaining("family NONE");
    AuditPlan twice = plan(new Twice());
    assertThatThrownBy(() -> audit().withPlan(twice).run(directory))
        .hasMessageContaining("two steps with the id twice-a-b-protected");
  }

  @Test
  void theClassPathIsSearched() {
    assertThat(Attacks.named("twice")).isInstanceOf(Twice.class);
    assertThat(Attacks.named("wrk")).isSameAs(Attacks.WRK);
    assertThatThrownBy(() -> Attacks.named("wrc"))
        .hasMessageContaining("There is no attack wrc, only distillation,")
        .hasMessageContaining("twice; one of your own is named in META-INF/services/");
  }

  /** Two variants whose names differ by what ids leave out. */
  public static final class Twice implements Attack {
    @Override
    public String id() {
      return "twice";
    }

    @Override
    public AttackFamily family() {
      return AttackFamily.DETECTION;
    }

    @Override
    public String title() {
      return "twice";
    }

    @Override
    public String explanation() {
      return "It does nothing, twice.";
    }

    @Override
    public List<AttackVariant> variants(AttackScale scale) {
      AttackAction nothing = (context, listener) -> AttackResult.search(false);
      return List.of(new AttackVariant("a b", nothing), new AttackVariant("a-b", nothing));
    }
  }
}
