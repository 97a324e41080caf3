package org.meadefender.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean of a network's parameters over the steps of a training: from one step to the next an
 * accuracy varies by more than a mark costs, that of the mean hardly does.
 */
final class MeanParameters extends BaseTrainingListener {
  private @Nullable INDArray sum;
  private int steps;

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    steps++;
    if (sum == null) {
      sum = model.params().dup();
    } else {
      sum.addi(model.params());
    }
  }

  /** Gives a network the mean, if there was a step. */
  void giveTo(Model network) {
    if (sum != null) {
      network.setParams(sum.div(steps));
    }
  }
}
