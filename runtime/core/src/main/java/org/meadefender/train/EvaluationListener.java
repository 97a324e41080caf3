package org.meadefender.train;

import org.meadefender.internal.evaluation.Evaluator;

/** Measures the network after every epoch. */
final class EvaluationListener implements RunListener {
  private final Evaluator evaluator;
  private final EpochRecorder recorder;

  EvaluationListener(Evaluator evaluator, EpochRecorder recorder) {
    this.evaluator = evaluator;
    this.recorder = recorder;
  }

  @Override
  public void epochTrained(TrainingRun run) {
    recorder.evaluated(evaluator.evaluate(run.model().network()));
  }
}
