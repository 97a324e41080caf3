package org.meadefender.advice;

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
  private @Nullable INDArray last;
  private int steps;

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    steps++;
    if (sum == null || last == null) {
      sum = model.params().dup();
      last = sum.dup();
    } else {
      sum.addi(model.params());
      last.assign(model.params());
    }
  }

  /**
   * Gives a network the mean, if there was a step. What was done to it after the last one, as
   * adjusted logits, is done to the mean too.
   */
  void giveTo(Model network) {
    if (sum != null && last != null) {
      network.setParams(sum.div(steps).addi(network.params().sub(last)));
    }
  }
}
