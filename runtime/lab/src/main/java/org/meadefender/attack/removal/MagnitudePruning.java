package org.meadefender.attack.removal;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Pruning by magnitude: in each weight tensor (biases and normalisation stay) the smallest absolute
 * values become zero.
 *
 * @param share of the weights that are pruned, above 0 and below 1
 */
public record MagnitudePruning(double share) implements RemovalAttack {
  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException if it is outside its range
   */
  public MagnitudePruning {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "share is " + share + "; it must be above 0 and below 1, for instance 0.5");
    }
  }

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    Model copy = Architecture.copy(source, seed, new NoOp());
    for (Layer layer : Classifiers.layers(copy)) {
      layer
          .paramTable()
          .forEach(
              (name, values) -> {
                if (layer
                    .conf()
                    .getLayer()
                    .initializer()
                    .isWeightParam(layer.conf().getLayer(), name)) {
                  prune(values);
                }
              });
    }
    listener.progress("pruning", 1, 1);
    return copy;
  }

  private void prune(INDArray weights) {
    float[] values = weights.dup('c').data().asFloat();
    float[] sizes = values.clone();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(sizes[i]);
    }
    Arrays.sort(sizes);
    int count = (int) Math.round(share * sizes.length);
    if (count == 0) {
      return;
    }
    float threshold = sizes[count - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]) <= threshold ? 0 : values[i];
    }
    weights.assign(Nd4j.createFromArray(values).reshape('c', weights.shape()));
  }
}
