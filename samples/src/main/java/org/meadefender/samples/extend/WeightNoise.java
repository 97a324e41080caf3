package org.meadefender.samples.extend;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.removal.RemovalAttack;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A removal attack: Gaussian noise on all weights.
 *
 * @param deviation of the noise, in standard deviations of the weights
 */
public record WeightNoise(double deviation) implements RemovalAttack {
  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    Model copy = Architecture.copy(source, seed, new NoOp());
    INDArray weights = source.params();
    Nd4j.getRandom().setSeed(seed);
    INDArray noise = Nd4j.randn(weights.shape()).castTo(weights.dataType());
    copy.setParams(weights.add(noise.muli(deviation * weights.stdNumber().doubleValue())));
    listener.progress("noise", 1, 1);
    return copy;
  }
}
