package org.meadefender.samples.robustness;

import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Keeps the parameters of the epoch with the best accuracy, and tells when to stop. */
final class BestEpoch {
  private final Model network;
  private final int patience;
  private INDArray parameters;
  private double accuracy = -1;
  private int best;
  private int epochs;

  /**
   * Starts.
   *
   * @param patience epochs without a better accuracy after which training is over, at least 1
   */
  BestEpoch(Model network, int patience) {
    this.network = network;
    this.patience = patience;
    this.parameters = network.params().dup();
  }

  /** An epoch has ended. */
  void see(double newAccuracy) {
    epochs++;
    if (newAccuracy > accuracy) {
      accuracy = newAccuracy;
      best = epochs;
      parameters = network.params().dup();
    }
  }

  boolean isOver() {
    return epochs - best >= patience;
  }

  /** Gives the network the best epoch's parameters; returns the number of that epoch, from 1. */
  int restore() {
    network.setParams(parameters);
    return best;
  }
}
