package org.meadefender.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.train.TrainingReport.SourceRecall;

/**
 * Warns where a training loses a source class: when it has been lost for some epochs, or ends so.
 */
final class LostSourceListener implements RunListener {
  /** Earlier epochs say little. */
  private static final int LOST_EPOCHS = 5;

  private final EpochRecorder recorder;
  private final Map<Integer, Integer> lostSince = new HashMap<>();

  LostSourceListener(EpochRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void epochEnds(TrainingRun run) {
    List<TrainingReport.Epoch> epochs = recorder.epochs();
    boolean last = run.current() + 1 == run.options().epochs();
    for (SourceRecall recall : epochs.get(epochs.size() - 1).recalls()) {
      int since = recall.isLost() ? lostSince.merge(recall.sourceClass(), 1, Integer::sum) : 0;
      lostSince.put(recall.sourceClass(), since);
      if (since == LOST_EPOCHS || (since > 0 && last)) {
        TrainingLog.classLost(recall);
      }
    }
  }
}
