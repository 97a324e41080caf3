package org.meadefender.train;

import java.util.Map;

/** A listener of the user's; the data tell it of their start and batches themselves. */
final class UserListener implements RunListener {
  private final FitListener listener;

  UserListener(FitListener listener) {
    this.listener = listener;
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
