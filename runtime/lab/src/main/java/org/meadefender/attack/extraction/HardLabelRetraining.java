package org.meadefender.attack.extraction;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Retraining on the victim's top classes alone (knockoffnets, {@code --argmaxed}).
 *
 * @param fit how the student trains
 */
public record HardLabelRetraining(FitSettings fit) implements ExtractionAttack {
  /** Adam at 1e-3 with batches of 128. */
  public static HardLabelRetraining of(int epochs) {
    return new HardLabelRetraining(FitSettings.adam(epochs));
  }

  @Override
  public Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener) {
    LabelledSamples lesson = victim.query(transfer).argmaxed();
    Model copy = student.fresh(seed, fit.updater());
    Classifiers.fit(copy, lesson, new LossMCXENT(), fit, seed, listener);
    return copy;
  }
}
