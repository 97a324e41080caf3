package org.meadefender.samples.benchmark;

import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.samples.models.LeNet;
import org.meadefender.samples.models.SmallResNet;
import org.meadefender.samples.models.VggLike;

/** The networks that are measured. */
enum BenchmarkNetwork {
  VGG(3, 32),
  LENET(1, 28),
  RESNET(3, 32);

  static final int CLASSES = 10;
  private static final long SEED = 7;

  private final int channels;
  private final int side;

  BenchmarkNetwork(int channels, int side) {
    this.channels = channels;
    this.side = side;
  }

  /** Values of an input image. */
  int length() {
    return channels * side * side;
  }

  /** Shape of a batch. */
  long[] shape(int rows) {
    return new long[] {rows, channels, side, side};
  }

  /** An initialised network, always the same. */
  Model create() {
    Model network =
        switch (this) {
          case VGG -> new MultiLayerNetwork(VggLike.configuration(CLASSES, SEED));
          case LENET -> new MultiLayerNetwork(LeNet.configuration(CLASSES, SEED));
          case RESNET -> new ComputationGraph(SmallResNet.configuration(CLASSES, SEED));
        };
    network.init();
    return network;
  }

  /** Its name in the results. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
