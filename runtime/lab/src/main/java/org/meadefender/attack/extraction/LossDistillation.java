package org.meadefender.attack.extraction;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.loss.RowLoss;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Distillation: {@code a·T²·KL(softmax(t/T) ‖ softmax(s/T)) + (1 − a)·CE(y, softmax(s))} (Hinton et
 * al., "Distilling the Knowledge in a Neural Network").
 *
 * <p>Works on the student's logits {@code s}, whatever the layer's activation. The teacher is known
 * by its probabilities {@code p}: {@code softmax(t/T)} is {@code p^(1/T)}, normalised. A teacher
 * that tells only a part of its probabilities tells them unnormalised; a row without any counts as
 * uniform.
 *
 * <p>Label rows are {@code [p]}, or {@code [p, y]} with one-hot {@code y} if {@code a} is below 1.
 */
final class LossDistillation extends RowLoss {
  private static final long serialVersionUID = 1L;

  /** Keeps logarithms finite; far below any probability that a float softmax gives. */
  private static final double TINY = 1e-30;

  private final double temperature;
  private final double alpha;

  /**
   * A loss.
   *
   * @param temperature T, above 0
   * @param alpha weight of the soft part, from 0 to 1
   * @throws IllegalArgumentException if a value is outside its range
   */
  public LossDistillation(
      @JsonProperty("temperature") double temperature, @JsonProperty("alpha") double alpha) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + "; it must be above 0, for instance 7");
    }
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + "; it must be from 0 to 1");
    }
    this.temperature = temperature;
    this.alpha = alpha;
  }

  /** T. */
  @JsonProperty
  public double getTemperature() {
    return temperature;
  }

  /** Weight of the soft part. */
  @JsonProperty
  public double getAlpha() {
    return alpha;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray teacher = softened(soft(labels, preOutput));
    INDArray student = Transforms.softmax(preOutput.div(temperature), false);
    // d/ds of T²·KL is T·(softmax(s/T) − softmax(t/T)).
    INDArray gradient = student.subi(teacher).muli(alpha * temperature);
    if (alpha < 1) {
      INDArray plain = Transforms.softmax(preOutput, true);
      gradient.addi(plain.subi(hard(labels, preOutput)).muli(1 - alpha));
    }
    return mask == null ? gradient : gradient.muliColumnVector(mask.castTo(gradient.dataType()));
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray teacher = softened(soft(labels, preOutput));
    INDArray student = Transforms.softmax(preOutput.div(temperature), false);
    INDArray score =
        Transforms.log(teacher.add(TINY))
            .subi(Transforms.log(student.addi(TINY)))
            .muli(teacher)
            .sum(true, 1)
            .muli(alpha * temperature * temperature);
    if (alpha < 1) {
      INDArray plain = Transforms.softmax(preOutput, true);
      score.subi(
          Transforms.log(plain.addi(TINY))
              .muli(hard(labels, preOutput))
              .sum(true, 1)
              .muli(1 - alpha));
    }
    return mask == null ? score : score.muliColumnVector(mask.castTo(score.dataType()));
  }

  private INDArray softened(INDArray probabilities) {
    INDArray powers = Transforms.pow(probabilities, 1 / temperature, true);
    INDArray sums = powers.sum(true, 1);
    INDArray untold = sums.lte(0).castTo(powers.dataType());
    powers.addiColumnVector(untold);
    return powers.diviColumnVector(sums.addi(untold.muli(powers.size(1))));
  }

  private INDArray soft(INDArray labels, INDArray preOutput) {
    long classes = preOutput.size(1);
    requireWidth(labels, alpha < 1 ? 2 * classes : classes);
    return columns(labels, 0, classes).castTo(preOutput.dataType());
  }

  private static INDArray hard(INDArray labels, INDArray preOutput) {
    long classes = preOutput.size(1);
    return columns(labels, classes, 2 * classes).castTo(preOutput.dataType());
  }

  private static INDArray columns(INDArray labels, long from, long to) {
    return labels.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  private void requireWidth(INDArray labels, long expected) {
    if (labels.size(1) != expected) {
      throw new IllegalArgumentException(
          "Labels have "
              + labels.size(1)
              + " columns; distillation with alpha "
              + alpha
              + " expects "
              + expected);
    }
  }

  @Override
  public String name() {
    return "distillation";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LossDistillation that
        && that.temperature == temperature
        && that.alpha == alpha;
  }

  @Override
  public int hashCode() {
    return Objects.hash(temperature, alpha);
  }
}
