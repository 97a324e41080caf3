package org.meadefender.samples.models;

import static org.meadefender.samples.models.Layers.convolution;
import static org.meadefender.samples.models.Layers.dense;
import static org.meadefender.samples.models.Layers.halving;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * Deeplearning4j's LeNet: convolutions of 5×5 with 20 and 50 channels, each pooled, and a dense
 * layer of 500 units.
 */
public final class LeNet {
  private LeNet() {}

  /**
   * For images {@code [n, 1, 28, 28]}.
   *
   * @param seed not 0
   */
  public static MultiLayerConfiguration configuration(int classes, long seed) {
    return Layers.base(seed)
        .list()
        .layer(convolution(5, 20).build())
        .layer(halving())
        .layer(convolution(5, 50).build())
        .layer(halving())
        .layer(dense(500).build())
        .layer(Layers.softmax(classes))
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }
}
