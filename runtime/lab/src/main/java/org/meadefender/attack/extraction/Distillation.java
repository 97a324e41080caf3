package org.meadefender.attack.extraction;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Knowledge distillation: the student learns the victim's probabilities, softened by a temperature.
 *
 * @param temperature T, above 0; MEA-Defender's released code has 7
 * @param alpha weight of the soft part, from 0 to 1; below 1 the transfer data's own labels are
 *     learnt beside the answers
 * @param fit how the student trains
 */
public record Distillation(double temperature, double alpha, FitSettings fit)
    implements ExtractionAttack {
  private static final double TEMPERATURE = 7;

  /** Of haitongli/knowledge-distillation-pytorch. */
  private static final double LABELLED_TEMPERATURE = 20;

  private static final double LABELLED_ALPHA = 0.9;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if temperature or alpha is outside its range
   */
  public Distillation {
    LossDistillation unused = new LossDistillation(temperature, alpha);
  }

  /** Temperature 7, soft labels only, Adam at 1e-3, batches of 128. */
  public static Distillation of(int epochs) {
    return new Distillation(TEMPERATURE, 1, FitSettings.adam(epochs));
  }

  /** Temperature 20, nine parts of soft labels and one of the thief's own true labels. */
  public static Distillation withTrueLabels(int epochs) {
    return new Distillation(LABELLED_TEMPERATURE, LABELLED_ALPHA, FitSettings.adam(epochs));
  }

  /** The same with another temperature. */
  public Distillation withTemperature(double newTemperature) {
    return new Distillation(newTemperature, alpha, fit);
  }

  /** The same with other training settings. */
  public Distillation withFit(FitSettings newFit) {
    return new Distillation(temperature, alpha, newFit);
  }

  @Override
  public Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener) {
    LabelledSamples answered = victim.query(transfer);
    LabelledSamples lesson = alpha < 1 ? besideTrueLabels(answered, transfer) : answered;
    Model copy = student.fresh(seed, fit.updater());
    Classifiers.fit(copy, lesson, new LossDistillation(temperature, alpha), fit, seed, listener);
    return copy;
  }

  private static LabelledSamples besideTrueLabels(
      LabelledSamples answered, LabelledSamples transfer) {
    int n = answered.size();
    INDArray both = Nd4j.concat(1, answered.labels(0, n), transfer.labels(0, n));
    return answered.withLabels(both);
  }
}
