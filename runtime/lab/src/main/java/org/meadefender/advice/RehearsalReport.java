package org.meadefender.advice;

import java.time.Duration;
import java.util.List;
import org.meadefender.train.Method;

/**
 * One rehearsal, and what came of it.
 *
 * @param epoch the epoch after which it was, from 1
 * @param copyRows samples that each thief asked about
 * @param copyEpochs passes over them
 * @param findings what it found
 * @param before how the mark was taught so far
 * @param after how it is taught from the next epoch on
 * @param reasons for the difference, or for none, in words
 * @param time wall-clock time
 */
public record RehearsalReport(
    int epoch,
    int copyRows,
    int copyEpochs,
    RehearsalFindings findings,
    Method before,
    Method after,
    List<String> reasons,
    Duration time) {
  /** Copies the list. */
  public RehearsalReport {
    reasons = List.copyOf(reasons);
  }

  @Override
  public String toString() {
    return "rehearsal after epoch "
        + epoch
        + " ("
        + copyRows
        + " samples, "
        + copyEpochs
        + " passes, "
        + time.toSeconds()
        + " s): "
        + findings
        + ". "
        + String.join("; ", reasons);
  }
}
