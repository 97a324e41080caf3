package org.meadefender.attack.extraction;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.data.LabelledSamples;

/** A way to copy a model by asking it. */
public interface ExtractionAttack {
  /**
   * Copies a victim.
   *
   * @param victim the model to copy; it counts the queries and limits them
   * @param transfer samples that the thief holds; the attack may ask about as many as the budget
   *     covers
   * @param student what the copy looks like
   * @param seed of everything random, not 0
   * @param listener hears of each finished step
   * @return the copy: a network with a plain cross-entropy loss
   */
  Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener);
}
