package org.meadefender.train;

/** Tells the user's observer about every batch, and every epoch's end. */
final class ProgressListener implements RunListener {
  private final EpochRecorder recorder;

  ProgressListener(EpochRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void stepEnds(TrainingRun run, double score) {
    run.options().progress().accept(recorder.progress(run, false));
  }

  @Override
  public void epochEnds(TrainingRun run) {
    run.options().progress().accept(recorder.progress(run, true));
  }
}
