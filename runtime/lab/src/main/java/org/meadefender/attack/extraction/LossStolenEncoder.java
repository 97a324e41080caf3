package org.meadefender.attack.extraction;

import org.jspecify.annotations.Nullable;
import org.meadefender.internal.loss.RowLoss;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Weighted distance of unit vectors, {@code w·‖s/‖s‖ − v/‖v‖‖}: the terms of StolenEncoder's loss.
 *
 * <p>Label rows are {@code [v, w]}; the student's embedding {@code s} is the layer's input to its
 * activation, which must be the identity.
 */
final class LossStolenEncoder extends RowLoss {
  private static final long serialVersionUID = 1L;

  /** Keeps divisions finite at zero. */
  private static final double TINY = 1e-8;

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray norms = norms(preOutput);
    INDArray student = preOutput.divColumnVector(norms);
    INDArray difference = student.sub(target(labels, preOutput));
    INDArray distances = norms(difference);
    INDArray direction = difference.divColumnVector(distances);
    // Through the normalisation only what is orthogonal to s counts.
    INDArray along = direction.mul(student).sum(true, 1);
    return direction
        .subi(student.mulColumnVector(along))
        .diviColumnVector(norms)
        .muliColumnVector(weights(labels, preOutput));
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray student = preOutput.divColumnVector(norms(preOutput));
    return norms(student.subi(target(labels, preOutput))).muli(weights(labels, preOutput));
  }

  private static INDArray target(INDArray labels, INDArray preOutput) {
    INDArray embedding =
        labels
            .get(NDArrayIndex.all(), NDArrayIndex.interval(0, preOutput.size(1)))
            .castTo(preOutput.dataType());
    return embedding.divColumnVector(norms(embedding));
  }

  private static INDArray weights(INDArray labels, INDArray preOutput) {
    long width = preOutput.size(1);
    return labels
        .get(NDArrayIndex.all(), NDArrayIndex.interval(width, width + 1))
        .castTo(preOutput.dataType())
        .dup();
  }

  private static INDArray norms(INDArray rows) {
    return Transforms.sqrt(rows.mul(rows).sum(true, 1), false).addi(TINY);
  }

  @Override
  public String name() {
    return "stolenEncoder";
  }
}
