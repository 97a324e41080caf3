package org.meadefender.attack.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.CoupledTask;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.detection.TripleRanking.Triple;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.factory.Nd4j;

class ProfileAttackTest {
  private static final Triple TRIPLE = new Triple(0, 1, 2);

  @Test
  void coupledLabelsShowInTheAnswers() {
    List<String> steps = new ArrayList<>();
    ProfileSearch search =
        new ProfileAttack(300, 3, FitSettings.adam(5).withBatch(64))
            .search(
                Architecture.of(SmallTask.layers()),
                SmallTask.thiefsData().take(1_300),
                4,
                (step, done, total) -> steps.add(step + " " + done + "/" + total));
    assertThat(steps).containsExactly("own network 1/3", "own network 2/3", "own network 3/3");
    assertThat(search.queries()).isEqualTo(300);
    ProfileAttack.Finding coupled = search.of(SuspectModel.of(CoupledTask.victim()));
    ProfileAttack.Finding unmarked = search.of(SuspectModel.of(SmallTask.victim()));
    // Which of the triples with this target is first depends on what else the network has learnt.
    assertThat(coupled.best().target()).isEqualTo(2);
    assertThat(coupled.byTopClass().share(TRIPLE)).isLessThan(0.05);
    assertThat(coupled.byLabel().share(TRIPLE)).isLessThan(0.05);
    assertThat(coupled.suspicious()).isTrue();
    assertThat(coupled.figures()).containsEntry("AUC beside own networks", 1.0);
    assertThat(unmarked.bestScore()).isLessThan(coupled.bestScore());
    assertThat(unmarked.ownBest()).isEqualTo(coupled.ownBest()).hasSize(3);
  }

  /** As a service that tells nothing but probabilities is asked. */
  @Test
  void otherClassesAreMeasureEnough() {
    ProfileAttack attack = ProfileAttack.standard().withoutNetworks();
    ProfileAttack.Finding coupled =
        attack.detect(CoupledTask.victim(), SmallTask.thiefsData(), 1, AttackListener.NONE);
    assertThat(coupled.byTopClass().share(TRIPLE)).isLessThan(0.05);
    assertThat(coupled.byLabel().share(TRIPLE)).isLessThan(0.05);
    assertThat(coupled.ownBest()).isEmpty();
    assertThat(coupled.figures()).containsOnlyKeys("score of the best triple");
  }

  @Test
  void refusesWhatItCannotRank() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProfileAttack(0, 2, FitSettings.adam(1)))
        .withMessageContaining("queries is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProfileAttack(10, 1, FitSettings.adam(1)))
        .withMessageContaining("networks 1");
    LabelledSamples few = SmallTask.thiefsData().take(20);
    Architecture layers = Architecture.of(SmallTask.layers());
    ProfileAttack alone = ProfileAttack.standard().withoutNetworks();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alone.search(layers, few.take(1), 1, AttackListener.NONE))
        .withMessageContaining("two at least");
    ProfileSearch search = alone.search(layers, few, 1, AttackListener.NONE);
    assertThat(search.queries()).isEqualTo(20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search.of(features -> Nd4j.ones(features.size(0), 4).divi(4)))
        .withMessageContaining("answers 4 classes, the samples have 10");
  }
}
