package org.meadefender.train;

import org.meadefender.internal.loss.LossStep;
import org.meadefender.loss.LossTerms;

/** Stops a training whose loss or parameters are no finite numbers, or grow without bound. */
final class DivergenceListener implements RunListener {
  /** Guessing has a cross-entropy of ln(classes); no classifier comes back from here. */
  private static final double LIMIT = 1e6;

  private LossTerms last = LossTerms.NONE;
  private int batches;

  @Override
  public void epochStarts(TrainingRun run) {
    last = LossTerms.NONE;
    batches = 0;
  }

  @Override
  public void lossKnown(LossStep step) {
    last = step.terms();
  }

  @Override
  public void stepEnds(TrainingRun run, double score) {
    batches++;
    String diverged = last.firstAbove(LIMIT);
    if (!Double.isFinite(score) || !diverged.isEmpty()) {
      throw diverged(
          run,
          "The loss is "
              + score
              + " in epoch "
              + (run.current() + 1)
              + ", batch "
              + batches
              + (diverged.isEmpty()
                  ? ""
                  : "; the term "
                      + diverged
                      + " is the first that is no number or above "
                      + LIMIT));
    }
  }

  /** What the last batch left behind, no loss has shown yet. */
  @Override
  public void epochTrained(TrainingRun run) {
    if (!Double.isFinite(run.model().network().params().sumNumber().doubleValue())) {
      throw diverged(
          run,
          "The network has parameters that are no finite numbers after epoch "
              + (run.current() + 1));
    }
  }

  private static TrainingDivergedException diverged(TrainingRun run, String finding) {
    return new TrainingDivergedException(
        finding
            + ". Lower the learning rate or the weights, or look for NaN in the data"
            + run.options()
                .checkpoints()
                .map(directory -> "; a checkpoint in " + directory + " is from before it")
                .orElse(""));
  }
}
