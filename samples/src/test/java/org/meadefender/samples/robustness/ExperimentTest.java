package org.meadefender.samples.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.advice.Rehearsal;
import org.meadefender.data.ImageSet;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.train.Method;
import org.nd4j.linalg.learning.config.Sgd;

class ExperimentTest {
  @Test
  void defaultsNeedNoValidation() {
    Experiment experiment = Experiment.from(List.of("images=100", "coupling=0.1"));
    assertThat(experiment.rehearsal()).isEmpty();
    assertThat(experiment.validation()).isZero();
    assertThat(experiment.setting()).contains("100 images", "coupling 0.1");
  }

  @Test
  void rehearsalsTrialsAndStoppingHoldImagesOut() {
    Experiment rehearsed =
        Experiment.from(List.of("rehearsal=true", "goal=0.8", "unmarkedAccuracy=0.904"));
    assertThat(rehearsed.rehearsal())
        .contains(Rehearsal.standard().withStolenWsrGoal(0.8).withUnmarkedAccuracy(0.904));
    for (String setting : List.of("rehearsal=true", "patience=2", "combine=COMPARED")) {
      assertThat(Experiment.from(List.of(setting)).validation()).isEqualTo(0.1);
      assertThat(Experiment.from(List.of(setting, "validation=0.2")).validation()).isEqualTo(0.2);
    }
    assertThat(Experiment.from(List.of("combine=COMPARED")).setting())
        .contains("combiner by comparison");
  }

  @Test
  void theMethodSuitsTheLength() {
    List<String> longer = List.of("images=60000", "epochs=10");
    assertThat(Experiment.from(longer).method()).isEqualTo(Method.LONG_TRAINING);
    // 235 batches of 128 in each of 8 epochs are 1,880.
    assertThat(Experiment.from(List.of("images=30000", "epochs=8")).method())
        .isEqualTo(Method.DEFAULT);
    assertThat(
            Experiment.from(List.of("images=60000", "epochs=10", "pairNegatives=0"))
                .method()
                .recipe())
        .isEqualTo(Method.DEFAULT.recipe());
  }

  /** What has been measured is not run again, so what figures hang on must tell them apart. */
  @Test
  void settingsAndRunsTellResultsApart() {
    Experiment usual = Experiment.from(List.of());
    for (String other :
        List.of("thiefEpochs=3", "data=some/where", "coupling=0.1", "logitAdjustment=true")) {
      Experiment changed = Experiment.from(List.of(other));
      assertThat(changed.setting()).as(other).isNotEqualTo(usual.setting());
      assertThat(changed.run()).as(other).isEqualTo(usual.run());
    }
    for (String other : List.of("seed=2", "triple=3,4,5")) {
      Experiment changed = Experiment.from(List.of(other));
      assertThat(changed.setting()).as(other).isEqualTo(usual.setting());
      assertThat(changed.run()).as(other).isNotEqualTo(usual.run());
    }
    assertThat(Experiment.from(List.of("thieves=T7"))).isNotEqualTo(usual);
    assertThat(Experiment.from(List.of("thieves=T7")).setting()).isEqualTo(usual.setting());
  }

  @Test
  void seedsDrawTheirTriples() {
    Experiment drawn = Experiment.from(List.of("triple=DRAWN", "seed=2"));
    assertThat(drawn.specs()).isEqualTo(Experiment.from(List.of("triple=DRAWN", "seed=2")).specs());
    assertThat(drawn.specs())
        .isNotEqualTo(Experiment.from(List.of("triple=DRAWN", "seed=3")).specs());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Experiment.from(List.of("triple=1,2")))
        .withMessageContaining("triple is 1,2");
  }

  @Test
  void advisedClassesStartFromTheDrawnOnes() {
    Experiment advised = Experiment.from(List.of("triple=ADVISED", "seed=2"));
    assertThat(advised.choice()).isEqualTo(ClassChoice.ADVISED);
    assertThat(advised.specs())
        .isEqualTo(Experiment.from(List.of("triple=DRAWN", "seed=2")).specs());
    assertThat(advised.validation()).isEqualTo(0.1);
    assertThat(advised.setting()).contains("; classes advised");
    Experiment registrable = Experiment.from(List.of("triple=REGISTRABLE", "seed=2"));
    assertThat(registrable.specs()).isEqualTo(advised.specs());
    assertThat(registrable.validation()).isZero();
    assertThat(registrable.setting()).contains("; classes that can be registered");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Experiment.from(List.of("triple=ADVISED", "marks=2")))
        .withMessageContaining("only one is chosen");
  }

  @Test
  void aModelMayHaveSeveralMarks() {
    Experiment drawn = Experiment.from(List.of("triple=DRAWN", "marks=3", "seed=2"));
    assertThat(drawn.specs()).hasSize(3);
    assertThat(drawn.specs().get(0))
        .isEqualTo(Experiment.from(List.of("triple=DRAWN", "seed=2")).specs().get(0));
    assertThat(
            drawn.specs().stream()
                .flatMap(spec -> Stream.of(spec.sourceA(), spec.sourceB(), spec.target()))
                .distinct())
        .hasSize(9);
    Experiment named = Experiment.from(List.of("triple=0,1,2;3,4,5"));
    assertThat(named.setting()).contains("2 marks of CROP_AND_PASTE");
    assertThat(named.run()).isEqualTo("seed 1, triple (0, 1, 2) and (3, 4, 5)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Experiment.from(List.of("triple=DRAWN", "marks=4")))
        .withMessageContaining("marks is 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Experiment.from(List.of("triple=0,1,2", "marks=2")))
        .withMessageContaining("marks is 2, but triple names 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Experiment.from(List.of("triple=0,1,2;3,4,5", "combine=COMPARED")))
        .withMessageContaining("a comparison is of one");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Experiment.from(List.of("goal=0.8")))
        .withMessageContaining("[goal] is no setting");
  }

  @Test
  void theBestEpochIsKept() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            CompactNetworks.lenet(new ImageSet.Shape(1, 28, 28), 10, 1, new Sgd(0.1)));
    network.init();
    BestEpoch best = new BestEpoch(network, 2);
    best.see(0.5);
    network.params().addi(1);
    best.see(0.7);
    var wanted = network.params().dup();
    network.params().addi(1);
    best.see(0.6);
    assertThat(best.isOver()).isFalse();
    best.see(0.7);
    assertThat(best.isOver()).isTrue();
    assertThat(best.restore()).isEqualTo(2);
    assertThat(network.params()).isEqualTo(wanted);
  }
}
