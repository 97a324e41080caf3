package org.meadefender.combine;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** An autoencoder's layers as a Deeplearning4j network, which learns to give its input back. */
final class AutoencoderTraining {
  private static final double LEARNING_RATE = 4e-3;

  /** The last layer starts with smaller weights, so that its first answer is near the mean. */
  private static final double LAST_LAYER = 0.3;

  private static final int BATCH = 32;

  private final List<AutoencoderStage> stages = new ArrayList<>();
  private final MultiLayerNetwork network;
  private final RandomGenerator random;

  /**
   * A network with weights drawn from a stream: the global generator, on which the user's networks
   * depend, is left alone.
   */
  AutoencoderTraining(AutoencoderPlan plan, RandomGenerator random) {
    this.random = random;
    this.stages.addAll(plan.encoder());
    this.stages.addAll(plan.decoder());
    Random global = Nd4j.getRandom();
    long root = global.rootState();
    long node = global.nodeState();
    this.network = new MultiLayerNetwork(configuration());
    network.init();
    // Building a configuration seeds it.
    global.setStates(root, node);
    for (int i = 0; i < stages.size(); i++) {
      INDArray weights = network.getLayer(i).getParam("W");
      // Uniform, with the variance that keeps that of the values.
      double bound = Math.sqrt((stages.get(i).rectified() ? 6.0 : 3.0) / stages.get(i).inputs());
      if (i == stages.size() - 1) {
        bound *= LAST_LAYER;
      }
      float[] drawn = new float[stages.get(i).weights()];
      for (int j = 0; j < drawn.length; j++) {
        drawn[j] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      weights.assign(Nd4j.createFromArray(drawn).reshape(weights.shape()));
    }
  }

  private MultiLayerConfiguration configuration() {
    var list =
        new NeuralNetConfiguration.Builder()
            .weightInit(WeightInit.ZERO)
            .updater(new Adam(LEARNING_RATE))
            .list();
    int last = stages.size();
    for (int i = 0; i < last; i++) {
      AutoencoderStage stage = stages.get(i);
      list.layer(
          i,
          new DenseLayer.Builder()
              .nIn(stage.inputs())
              .nOut(stage.outputs())
              .activation(stage.rectified() ? Activation.RELU : Activation.IDENTITY)
              .build());
      int before = i == 0 ? stage.cells() * stage.inputs() : stages.get(i - 1).outputs();
      list.inputPreProcessor(i, new PatchRows(before, stage.inputs()));
    }
    AutoencoderStage end = stages.get(last - 1);
    list.inputPreProcessor(last, new PatchRows(end.outputs(), end.cells() * end.outputs()));
    return list.layer(
            last, new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build())
        .build();
  }

  /** One pass over samples, in an order of its own. */
  void epoch(float[][] grids) {
    int[] order = new int[grids.length];
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    for (int from = 0; from < order.length; from += BATCH) {
      float[][] batch = new float[Math.min(BATCH, order.length - from)][];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = grids[order[from + i]];
      }
      INDArray rows = Nd4j.createFromArray(batch);
      network.fit(new DataSet(rows, rows));
      // The collector sees how small the handles are, not the native memory behind them.
      rows.close();
    }
  }

  /** What the network makes of samples. */
  float[] output(float[][] grids) {
    return network.output(Nd4j.createFromArray(grids)).dup('c').data().asFloat();
  }

  /** Weights and biases in the order of {@link AutoencoderStage}. */
  float[] parameters() {
    float[] all = new float[stages.stream().mapToInt(AutoencoderStage::parameters).sum()];
    int at = 0;
    for (int i = 0; i < stages.size(); i++) {
      copy(network.getLayer(i).getParam("W"), all, at);
      copy(network.getLayer(i).getParam("b"), all, at + stages.get(i).weights());
      at += stages.get(i).parameters();
    }
    return all;
  }

  private static void copy(INDArray values, float[] all, int at) {
    float[] copied = values.dup('c').data().asFloat();
    System.arraycopy(copied, 0, all, at, copied.length);
  }
}
