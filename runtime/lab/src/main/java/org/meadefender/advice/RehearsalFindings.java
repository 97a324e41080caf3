package org.meadefender.advice;

import java.util.Optional;
import org.meadefender.verify.Evaluation;

/**
 * What a rehearsal found.
 *
 * @param victim the network itself
 * @param soft the copy made from all probabilities
 * @param hard the copy made from top classes
 * @param accuracyLoss share of accuracy that the mark costs; empty where it is too early to tell
 */
public record RehearsalFindings(
    Evaluation victim, Evaluation soft, Evaluation hard, Optional<AccuracyLoss> accuracyLoss) {

  /** WSR of the copy that keeps less; with several marks, of the one that is kept least. */
  public double stolenWsr() {
    return Math.min(soft.lowestSuccessRate(), hard.lowestSuccessRate());
  }

  @Override
  public String toString() {
    return "victim "
        + victim
        + "; stolen with probabilities "
        + soft
        + "; with top classes "
        + hard
        + "; accuracy lost: "
        + accuracyLoss.map(AccuracyLoss::toString).orElse("not known yet");
  }
}
