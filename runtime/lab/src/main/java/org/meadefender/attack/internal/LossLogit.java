package org.meadefender.attack.internal;

import org.jspecify.annotations.Nullable;
import org.meadefender.internal.loss.RowLoss;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** No loss to train with, but a question: the weighted sum of logits, the labels being weights. */
public final class LossLogit extends RowLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return labels.castTo(preOutput.dataType()).mul(preOutput).sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return labels.castTo(preOutput.dataType()).dup();
  }

  @Override
  public String name() {
    return "logit";
  }
}
