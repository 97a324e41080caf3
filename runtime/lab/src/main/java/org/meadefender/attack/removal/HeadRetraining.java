package org.meadefender.attack.removal;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;

/**
 * Retraining after a random new start of the last layer, on the source network's own top classes:
 * of the last layer only (RTLL) or of all layers (RTAL).
 *
 * @param allLayers whether all layers train
 * @param fit how they train
 */
public record HeadRetraining(boolean allLayers, FitSettings fit) implements RemovalAttack {
  private static final int LAST_LAYER_EPOCHS = 10;
  private static final int ALL_LAYERS_EPOCHS = 5;

  /** RTLL: last layer, 10 epochs of Adam at 1e-3. */
  public static HeadRetraining lastLayer() {
    return new HeadRetraining(false, FitSettings.adam(LAST_LAYER_EPOCHS));
  }

  /** RTAL: all layers, 5 epochs of Adam at 1e-3. */
  public static HeadRetraining allOfThem() {
    return new HeadRetraining(true, FitSettings.adam(ALL_LAYERS_EPOCHS));
  }

  /** The same with other training settings. */
  public HeadRetraining withFit(FitSettings newFit) {
    return new HeadRetraining(allLayers, newFit);
  }

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    LabelledSamples labelled = Classifiers.answered(source, data).argmaxed();
    return allLayers
        ? Heads.fitAll(source, labelled, fit, false, seed, listener)
        : Heads.fitLast(source, labelled, fit, false, seed, listener);
  }
}
