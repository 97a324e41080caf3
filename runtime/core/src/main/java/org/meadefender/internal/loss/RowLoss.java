package org.meadefender.internal.loss;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A loss that is a sum over rows: what follows from the loss of each row and its gradient. */
public abstract class RowLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** For losses. */
  protected RowLoss() {}

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    double sum = computeScoreArray(labels, preOutput, activationFn, mask).sumNumber().doubleValue();
    return average ? sum / preOutput.size(0) : sum;
  }

  @Override
  public final Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    INDArray gradient = computeGradient(labels, preOutput, activationFn, mask);
    return Pair.of(computeScore(labels, preOutput, activationFn, mask, average), gradient);
  }

  @Override
  public String name() {
    return toString();
  }
}
