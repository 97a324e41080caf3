package org.meadefender.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;

class MarkingHookTest {
  @Test
  void aMastersJsonShowsNothingOfTheMark() {
    try (JavaSparkContext context = SmallCluster.local()) {
      ParameterAveragingTrainingMaster master = SmallCluster.master().build();
      MarkPlace.OfTask place = (MarkPlace.OfTask) MarkPlace.tasks(SmallCluster.model());
      master.addHook(
          new MarkingHook(
              new MarkedSteps(
                  place, "digest", LossWeights.DEFAULT, RowRecipe.DEFAULT, null, 0, true, null, -1),
              new RowTotals(context)));

      for (String text : List.of(master.toJson(), master.toYaml(), master.toString())) {
        assertThat(text)
            .doesNotContain(SmallCluster.model().trainingMarks().toText())
            .doesNotContain("place", "firstStep", "combination");
      }
    }
  }
}
