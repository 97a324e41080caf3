package org.meadefender.train;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.meadefender.internal.loss.LossWatermark;
import org.meadefender.internal.loss.MgdaBalance;
import org.meadefender.internal.network.Networks;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossTerms;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Balances the losses of a step by their gradients with respect to all parameters. */
final class FullGradients {
  /** Each loss by itself: utility, watermark, evasion. */
  private static final List<LossAlphas> ALONE =
      List.of(new LossAlphas(1, 0, 0), new LossAlphas(0, 1, 0), new LossAlphas(0, 0, 1));

  private final Model network;
  private final OutputHead head;
  private final LossWatermark loss;
  private final Mgda mgda;
  private LossAlphas alphas = ALONE.get(0);
  private LossTerms terms = LossTerms.NONE;

  FullGradients(Model network, OutputHead head, LossWatermark loss, Mgda mgda) {
    this.network = network;
    this.head = head;
    this.loss = loss;
    this.mgda = mgda;
  }

  /** What {@link #balance} chose last. */
  LossAlphas alphas() {
    return alphas;
  }

  /** Chooses the coefficients for a batch; the network's listeners hear nothing of it. */
  void balance(MultiDataSet batch) {
    var trained = head.loss();
    Collection<TrainingListener> listeners = List.copyOf(Networks.listeners(network));
    INDArray[] gradients = new INDArray[ALONE.size()];
    network.setListeners(List.of());
    try {
      for (int i = 0; i < gradients.length; i++) {
        LossAlphas alone = ALONE.get(i);
        head.setLoss(loss.balancedAs(() -> alone).observedBy(step -> terms = step.terms()));
        gradients[i] =
            Networks.gradient(network, batch)
                .castTo(DataType.DOUBLE)
                .divi(loss.isMiniBatch() ? batch.getLabels(0).size(0) : taskRows());
      }
    } finally {
      head.setLoss(trained);
      network.setListeners(listeners);
    }
    double[][] gram = new double[gradients.length][gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      for (int j = 0; j < gradients.length; j++) {
        gram[i][j] = gradients[i].mul(gradients[j]).sumNumber().doubleValue();
      }
    }
    alphas = MgdaBalance.of(mgda, gram, losses());
  }

  private double taskRows() {
    return Math.max(1, terms.taskRows());
  }

  private double[] losses() {
    LossWeights weights = loss.weights();
    return new double[] {
      terms.utility(),
      weights.verification() * terms.verification() + weights.combination() * terms.combination(),
      weights.evasion() * terms.evasion()
    };
  }
}
