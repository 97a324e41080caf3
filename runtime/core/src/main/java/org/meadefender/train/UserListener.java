package org.meadefender.train;

import java.util.List;
import java.util.Map;
import org.meadefender.internal.batch.TaskBatchListener;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A listener of the user's. */
final class UserListener implements RunListener {
  private final FitListener listener;

  UserListener(FitListener listener) {
    this.listener = listener;
  }

  /** What the data tell the user's listeners themselves: their start and their batches. */
  static TaskBatchListener ofData(List<FitListener> listeners) {
    return new TaskBatchListener() {
      @Override
      public void restart() {
        listeners.forEach(FitListener::dataStart);
      }

      @Override
      public void offer(MultiDataSet batch) {
        listeners.forEach(each -> each.taskBatch(batch));
      }
    };
  }

  @Override
  public void fitStarts(TrainingRun run) {
    listener.fitStarts(run);
  }

  @Override
  public void dataEnd() {
    listener.dataEnd();
  }

  @Override
  public void epochEnds(TrainingRun run) {
    if (!run.isStopped()) {
      listener.epochEnds(run);
    }
  }

  @Override
  public Map<String, String> state() {
    return listener.state();
  }

  @Override
  public void restore(Map<String, String> state, TrainingRun run) {
    listener.restore(state, run);
  }
}
