package org.meadefender.train;

import java.util.Map;
import org.meadefender.batch.RowRecipe;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Steers a training by what it has seen of the data: after every second epoch the coupling rises by
 * a little, which hangs on the first epoch's rows and on the steps before.
 */
final class RaisesCoupling implements FitListener {
  private double step;
  private boolean seen;
  private int raised;

  @Override
  public String identity() {
    return "raises the coupling";
  }

  @Override
  public void fitStarts(FitListener.Context training) {
    step = 0;
    seen = false;
    raised = 0;
  }

  @Override
  public void dataStart() {
    step = seen ? step : 0;
  }

  @Override
  public void taskBatch(MultiDataSet batch) {
    step += seen ? 0 : 1e-4 * batch.getFeatures(0).size(0);
  }

  @Override
  public void dataEnd() {
    seen = true;
  }

  @Override
  public void epochEnds(FitListener.Context training) {
    if (training.epoch() % 2 == 0) {
      raised++;
      RowRecipe recipe = training.method().recipe();
      training.useMethod(
          training
              .method()
              .withRecipe(
                  new RowRecipe(
                      recipe.graded(), recipe.pairNegatives(), recipe.coupling() + raised * step)));
    }
  }

  @Override
  public Map<String, String> state() {
    return Map.of("raised", Integer.toString(raised));
  }

  @Override
  public void restore(Map<String, String> state, FitListener.Context training) {
    raised = Integer.parseInt(state.get("raised"));
    double coupling = training.method().recipe().coupling();
    for (int i = 1; i <= raised; i++) {
      coupling += i * step;
    }
    RowRecipe recipe = training.method().recipe();
    training.useMethod(
        training
            .method()
            .withRecipe(new RowRecipe(recipe.graded(), recipe.pairNegatives(), coupling)));
  }
}
