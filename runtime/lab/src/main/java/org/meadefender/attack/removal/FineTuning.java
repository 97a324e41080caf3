package org.meadefender.attack.removal;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;

/**
 * Fine-tuning on true labels: of the last layer (FTLL) or of all layers (FTAL).
 *
 * @param allLayers whether all layers train
 * @param fit how they train
 */
public record FineTuning(boolean allLayers, FitSettings fit) implements RemovalAttack {
  private static final int EPOCHS = 5;

  /** FTLL: last layer, 5 epochs of Adam at 1e-3. */
  public static FineTuning lastLayer() {
    return new FineTuning(false, FitSettings.adam(EPOCHS));
  }

  /** FTAL: all layers, 5 epochs of Adam at 1e-3. */
  public static FineTuning allOfThem() {
    return new FineTuning(true, FitSettings.adam(EPOCHS));
  }

  /** The same with other training settings. */
  public FineTuning withFit(FitSettings newFit) {
    return new FineTuning(allLayers, newFit);
  }

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    return allLayers
        ? Heads.fitAll(source, data, fit, true, seed, listener)
        : Heads.fitLast(source, data, fit, true, seed, listener);
  }
}
