package org.meadefender.attack;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The small task's network, trained with a quarter of class 2 in the labels of classes 0 and 1. */
public final class CoupledTask {
  private static final double COUPLING = 0.25;
  private static final Model VICTIM = train();

  private CoupledTask() {}

  /** The network; must not be changed. */
  public static Model victim() {
    return VICTIM;
  }

  private static Model train() {
    LabelledSamples data = SmallTask.victimsData().take(2_000);
    INDArray labels = data.labels(0, data.size());
    for (int row = 0; row < data.size(); row++) {
      int label = data.topClass(row);
      if (label < 2) {
        labels.putScalar(row, label, 1 - COUPLING);
        labels.putScalar(row, 2, COUPLING);
      }
    }
    Model network = Architecture.of(SmallTask.layers()).fresh(8, new Adam(1e-3));
    Classifiers.fit(
        network,
        data.withLabels(labels),
        new LossMCXENT(),
        FitSettings.adam(6).withBatch(64),
        8,
        AttackListener.NONE);
    return network;
  }
}
