package org.meadefender.samples.quickstart;

import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.ImageSet;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Training speed of the same network in three ways, measured in turn, best of three rounds.
 *
 * @param stock samples per second with Deeplearning4j as it comes
 * @param accelerated on oneDNN
 * @param protectedAccelerated on oneDNN, with the watermark; task rows only are counted
 */
record Throughput(double stock, double accelerated, double protectedAccelerated) {
  private static final int ROUNDS = 3;
  private static final int STOCK_BATCHES = 5;
  private static final int FAST_BATCHES = 20;

  static Throughput measure(
      MultiLayerConfiguration configuration,
      List<WatermarkSpec> specs,
      OwnerKey key,
      ImageSet images,
      int batch) {
    MultiLayerNetwork stock = network(configuration);
    MultiLayerNetwork fast = network(configuration);
    Acceleration.enable(fast);
    ProtectedModel<MultiLayerNetwork> marked =
        ProtectedModel.create(specs, key, configuration.clone());
    TrainingOptions quiet = TrainingOptions.epochs(1).withProgress(progress -> {});
    double[] best = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      best[0] = Math.max(best[0], rate(stock::fit, images.take(STOCK_BATCHES * batch), batch));
      ImageSet many = images.take(FAST_BATCHES * batch);
      best[1] = Math.max(best[1], rate(fast::fit, many, batch));
      best[2] = Math.max(best[2], rate(data -> marked.fit(data, quiet), many, batch));
    }
    return new Throughput(best[0], best[1], best[2]);
  }

  private static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return network;
  }

  private static double rate(Consumer<DataSetIterator> training, ImageSet images, int batch) {
    long start = System.nanoTime();
    training.accept(images.iterator(batch));
    return images.size() / ((System.nanoTime() - start) / 1e9);
  }
}
