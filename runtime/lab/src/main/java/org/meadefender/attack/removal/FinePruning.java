package org.meadefender.attack.removal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.LayerActivations;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Fine-pruning (Liu et al., RAID 2018): channels of the last convolution that sleep on clean data
 * are cut off, then the network is fine-tuned. Without a convolution, units of the last hidden
 * layer are cut.
 *
 * <p>Cutting is by zero weights and bias, which fine-tuning may fill again, as in the original.
 *
 * @param share of the channels that are cut, above 0 and below 1
 * @param fit how all layers train afterwards
 */
public record FinePruning(double share, FitSettings fit) implements RemovalAttack {
  private static final double SHARE = 0.5;
  private static final int EPOCHS = 10;

  /** Samples whose mean activation decides. */
  private static final int SAMPLES = 1_000;

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException if it is outside its range
   */
  public FinePruning {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "share is " + share + "; it must be above 0 and below 1, for instance " + SHARE);
    }
  }

  /** Half of the channels, then 10 epochs of Adam at 1e-3. */
  public static FinePruning standard() {
    return new FinePruning(SHARE, FitSettings.adam(EPOCHS));
  }

  /** The same with other training settings. */
  public FinePruning withFit(FitSettings newFit) {
    return new FinePruning(share, newFit);
  }

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    Model copy = Architecture.copy(source, seed, fit.updater());
    Layer layer = lastPrunable(copy);
    LabelledSamples clean = data.take(SAMPLES);
    double[] activity =
        LayerActivations.meanPerChannel(copy, layer, clean.features(0, clean.size()));
    cut(layer, quietest(activity));
    Classifiers.fit(copy, data, new LossMCXENT(), fit, seed, listener);
    return copy;
  }

  private static Layer lastPrunable(Model network) {
    List<Layer> all = new ArrayList<>(Arrays.asList(Classifiers.layers(network)));
    List<Layer> convolutions = all.stream().filter(ConvolutionLayer.class::isInstance).toList();
    List<Layer> candidates = convolutions.isEmpty() ? hidden(all) : convolutions;
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "The network has no hidden layer with weights; fine-pruning needs one");
    }
    return candidates.get(candidates.size() - 1);
  }

  private static List<Layer> hidden(List<Layer> all) {
    return all.subList(0, all.size() - 1).stream()
        .filter(layer -> layer.paramTable().containsKey("W"))
        .toList();
  }

  private int[] quietest(double[] activity) {
    return IntStream.range(0, activity.length)
        .boxed()
        .sorted(Comparator.comparingDouble(channel -> activity[channel]))
        .limit(Math.round(share * activity.length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void cut(Layer layer, int[] channels) {
    INDArray weights = layer.getParam("W");
    float[] values = weights.dup('c').data().asFloat();
    // A convolution's weights are [out, in, h, w], a dense layer's [in, out].
    boolean dense = weights.rank() == 2;
    int count = Math.toIntExact(weights.size(dense ? 1 : 0));
    boolean[] isCut = new boolean[count];
    for (int channel : channels) {
      isCut[channel] = true;
    }
    for (int i = 0; i < values.length; i++) {
      int channel = dense ? i % count : i / (values.length / count);
      values[i] = isCut[channel] ? 0 : values[i];
    }
    weights.assign(Nd4j.createFromArray(values).reshape('c', weights.shape()));
    INDArray bias = layer.paramTable().get("b");
    if (bias != null) {
      for (int channel : channels) {
        bias.putScalar(channel, 0);
      }
    }
  }
}
