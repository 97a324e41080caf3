package org.meadefender.samples.models;

import static org.meadefender.samples.models.Layers.convolution;
import static org.meadefender.samples.models.Layers.dense;
import static org.meadefender.samples.models.Layers.halving;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The paper's network for CIFAR-10: twice two convolutions of 3×3 (64, then 128 channels) and a
 * pooling, dropout, two dense layers of 256 units.
 */
public final class VggLike {
  private static final int UNITS = 256;
  private static final double KEPT = 0.5;

  private VggLike() {}

  /**
   * For images {@code [n, 3, 32, 32]}.
   *
   * @param seed not 0
   */
  public static MultiLayerConfiguration configuration(int classes, long seed) {
    return configuration(Layers.base(seed), classes);
  }

  /** The same with another optimiser than Adam at 1e-3. */
  public static MultiLayerConfiguration configuration(int classes, long seed, IUpdater updater) {
    return configuration(Layers.base(seed, updater), classes);
  }

  private static MultiLayerConfiguration configuration(
      NeuralNetConfiguration.Builder base, int classes) {
    return base.list()
        .layer(convolution(3, 64).build())
        .layer(convolution(3, 64).build())
        .layer(halving())
        .layer(convolution(3, 128).build())
        .layer(convolution(3, 128).build())
        .layer(halving())
        .layer(dense(UNITS).dropOut(KEPT).build())
        .layer(dense(UNITS).build())
        .layer(Layers.softmax(classes))
        .setInputType(InputType.convolutional(32, 32, 3))
        .build();
  }
}
