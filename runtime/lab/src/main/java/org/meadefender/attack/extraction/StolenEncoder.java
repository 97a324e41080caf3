package org.meadefender.attack.extraction;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * StolenEncoder (Liu et al., CCS 2022): copies an encoder from its embeddings of images, each asked
 * about once; {@code Σ‖f_s(x) − f_v(x)‖ + (λ/k)·Σ‖f_s(aug x) − f_v(x)‖} with unit-length
 * embeddings.
 *
 * <p>The black box answers with embeddings here, and the student ends in an output layer without
 * activation that is as wide; the copy is an encoder, not a classifier.
 *
 * @param lambda weight of the augmented images, at least 0
 * @param augmentations k, augmented copies of each image, at least 1; drawn once
 * @param fit how the student trains
 */
public record StolenEncoder(double lambda, int augmentations, FitSettings fit)
    implements ExtractionAttack {
  private static final double LAMBDA = 20;
  private static final double RATE = 1e-3;
  private static final double MOMENTUM = 0.9;
  private static final int BATCH = 64;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public StolenEncoder {
    if (!(lambda >= 0)) {
      throw new IllegalArgumentException("lambda is " + lambda + "; it must be at least 0");
    }
    if (augmentations < 1) {
      throw new IllegalArgumentException(
          "augmentations is " + augmentations + "; it must be at least 1");
    }
  }

  /** λ = 20, k = 1, SGD at 1e-3 with Deeplearning4j's Nesterov momentum of 0.9. */
  public static StolenEncoder of(int epochs) {
    return new StolenEncoder(
        LAMBDA, 1, new FitSettings(epochs, BATCH, new Nesterovs(RATE, MOMENTUM)));
  }

  /** The same with other training settings. */
  public StolenEncoder withFit(FitSettings newFit) {
    return new StolenEncoder(lambda, augmentations, newFit);
  }

  @Override
  public Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener) {
    LabelledSamples answered = victim.query(transfer);
    LabelledSamples lesson = weighted(answered, 1);
    Random random = new Random(seed);
    for (int k = 0; k < augmentations; k++) {
      LabelledSamples changed = weighted(augmented(answered, random), lambda / augmentations);
      lesson = LabelledSamples.join(List.of(lesson, changed));
    }
    Model copy = student.fresh(seed, fit.updater());
    Classifiers.fit(copy, lesson, new LossStolenEncoder(), fit, seed, listener);
    return copy;
  }

  private static LabelledSamples weighted(LabelledSamples data, double weight) {
    INDArray weights = Nd4j.valueArrayOf(new long[] {data.size(), 1}, (float) weight);
    return data.withLabels(Nd4j.concat(1, data.labels(0, data.size()), weights));
  }

  private static LabelledSamples augmented(LabelledSamples data, Random random) {
    long[] shape = data.sampleShape();
    if (shape.length != 3) {
      throw new IllegalArgumentException(
          "StolenEncoder augments images [n, C, H, W]; these are " + data);
    }
    int channels = (int) shape[0];
    int height = (int) shape[1];
    int width = (int) shape[2];
    return data.mapFeatures(
        image -> ImageAugmentation.change(image, channels, height, width, random));
  }
}
