package org.meadefender.attack.internal;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.attack.Classifiers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one layer of a network answers. */
public final class LayerActivations {
  private static final int BATCH = 128;

  private LayerActivations() {}

  /**
   * The outputs of a layer.
   *
   * @param layer one of the network's own layers
   * @param samples {@code [n, …]}, a batch
   */
  public static INDArray of(Model network, Layer layer, INDArray samples) {
    if (network instanceof MultiLayerNetwork layers) {
      Layer[] all = layers.getLayers();
      // Layers compare by their fields: look for this very one.
      int index =
          IntStream.range(0, all.length).filter(i -> all[i] == layer).findFirst().orElseThrow();
      return layers.feedForwardToLayer(index, samples, false).get(index + 1);
    }
    ComputationGraph graph = Classifiers.graph(network);
    return Objects.requireNonNull(
        graph.feedForward(samples, false).get(layer.conf().getLayer().getLayerName()));
  }

  /**
   * Mean output per channel {@code [n, C, H, W]} or unit {@code [n, C]} over samples and places.
   */
  public static double[] meanPerChannel(Model network, Layer layer, INDArray samples) {
    long n = samples.size(0);
    double[] sums = {};
    for (long from = 0; from < n; from += BATCH) {
      long to = Math.min(n, from + BATCH);
      INDArray output = of(network, layer, Classifiers.rows(samples, from, to));
      int[] others = IntStream.range(2, output.rank()).toArray();
      INDArray perRow = others.length == 0 ? output : output.mean(others);
      double[] part = perRow.sum(0).toDoubleVector();
      double[] before = sums.length == 0 ? new double[part.length] : sums;
      Arrays.setAll(part, c -> part[c] + before[c]);
      sums = part;
    }
    return Arrays.stream(sums).map(sum -> sum / n).toArray();
  }
}
