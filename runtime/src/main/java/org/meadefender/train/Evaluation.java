package org.meadefender.train;

import java.util.List;
import java.util.Locale;
import org.meadefender.verify.MarkRates;

/**
 * How good a network is at an epoch's end.
 *
 * @param accuracy share of test samples classified correctly
 * @param marks WSR, WFPR and spill of each watermark, in the order of the specs
 */
public record Evaluation(double accuracy, List<MarkRates> marks) {
  /** Copies the list. */
  public Evaluation {
    marks = List.copyOf(marks);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "accuracy %.2f %%, %s", 100 * accuracy, marks);
  }
}
