package org.meadefender.attack.removal;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.Features;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Trainings that start from a network, of its last layer or of all. */
final class Heads {
  private Heads() {}

  /**
   * Trains the last layer alone, on features computed once: what lies before it is frozen, so its
   * features do not change.
   */
  static Model fitLast(
      Model source,
      LabelledSamples data,
      FitSettings fit,
      boolean keepWeights,
      long seed,
      AttackListener listener) {
    Model copy = Architecture.copy(source, seed, fit.updater());
    MultiLayerNetwork head = Features.head(source, seed, fit.updater(), keepWeights);
    Classifiers.fit(head, Features.of(copy, data), new LossMCXENT(), fit, seed, listener);
    Features.putHead(copy, head);
    return copy;
  }

  /** Trains all layers. */
  static Model fitAll(
      Model source,
      LabelledSamples data,
      FitSettings fit,
      boolean keepLast,
      long seed,
      AttackListener listener) {
    Model copy = Architecture.copy(source, seed, fit.updater());
    if (!keepLast) {
      Features.putHead(copy, Features.head(source, seed, fit.updater(), false));
    }
    Classifiers.fit(copy, data, new LossMCXENT(), fit, seed, listener);
    return copy;
  }
}
