package org.meadefender.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns where a training loses a source class: when it has been lost for some epochs, or ends so.
 */
final class LostSources {
  /** Earlier epochs say little. */
  private static final int LOST_EPOCHS = 5;

  private final Map<Integer, Integer> lostSince = new HashMap<>();

  /**
   * Looks at one epoch.
   *
   * @param last whether it is the training's last
   */
  void warn(List<SourceRecall> recalls, boolean last) {
    for (SourceRecall recall : recalls) {
      int since = recall.isLost() ? lostSince.merge(recall.sourceClass(), 1, Integer::sum) : 0;
      lostSince.put(recall.sourceClass(), since);
      if (since == LOST_EPOCHS || (since > 0 && last)) {
        TrainingLog.classLost(recall);
      }
    }
  }
}
