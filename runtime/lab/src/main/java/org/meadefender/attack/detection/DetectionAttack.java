package org.meadefender.attack.detection;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.data.LabelledSamples;

/**
 * A search for a watermark in a network.
 *
 * @param <F> what is found
 */
public interface DetectionAttack<F extends DetectionFinding> {
  /**
   * Searches.
   *
   * @param network the network; not changed
   * @param clean ordinary samples with their labels
   * @param seed of everything random, not 0
   * @param listener hears of each finished step
   */
  F detect(Model network, LabelledSamples clean, long seed, AttackListener listener);
}
