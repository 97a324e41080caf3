package org.meadefender.attack.removal;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.data.LabelledSamples;

/** A way to make a network forget its watermark, with full access to it. */
public interface RemovalAttack {
  /**
   * Makes a changed copy.
   *
   * @param source the network; not changed
   * @param data what the attacker holds, with true one-hot labels
   * @param seed of everything random, not 0
   * @param listener hears of each finished step
   * @return a network with a plain cross-entropy loss that answers the same classes
   */
  Model remove(Model source, LabelledSamples data, long seed, AttackListener listener);
}
