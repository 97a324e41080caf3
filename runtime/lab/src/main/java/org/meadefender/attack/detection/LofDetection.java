package org.meadefender.attack.detection;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.internal.Features;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A thief's filter for verification queries: rejects inputs whose penultimate features are outliers
 * among those of clean samples.
 */
public final class LofDetection {
  private static final int NEIGHBOURS = 20;

  private final Model network;
  private final LocalOutlierFactor factor;

  private LofDetection(Model network, LocalOutlierFactor factor) {
    this.network = network;
    this.factor = factor;
  }

  /**
   * Learns what clean features look like, with k = 20 and scikit-learn's automatic threshold.
   *
   * @param clean ordinary samples, more than 20
   */
  public static LofDetection learn(Model network, LabelledSamples clean) {
    double[][] reference = features(network, clean.features(0, clean.size()));
    return new LofDetection(network, new LocalOutlierFactor(reference, NEIGHBOURS, 0));
  }

  /** Share of samples that are rejected: the detection rate, or the false positives. */
  public double rejectionRate(INDArray samples) {
    return factor.outlierRate(features(network, samples));
  }

  private static double[][] features(Model network, INDArray samples) {
    return Features.of(network, samples).castTo(DataType.DOUBLE).toDoubleMatrix();
  }
}
