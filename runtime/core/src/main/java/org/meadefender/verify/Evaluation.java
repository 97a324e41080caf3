package org.meadefender.verify;

import java.util.List;
import java.util.Locale;

/**
 * How good a network is at an epoch's end.
 *
 * @param accuracy share of test samples classified correctly
 * @param marks WSR, WFPR and spill of each watermark, in the order of the specs
 * @since 0.1.0
 */
public record Evaluation(double accuracy, List<WatermarkRates> marks) {
  /** Copies the list. */
  public Evaluation {
    marks = List.copyOf(marks);
  }

  /** The WSR of the mark that is known least. */
  public double lowestSuccessRate() {
    return marks.stream()
        .mapToDouble(WatermarkRates::watermarkSuccessRate)
        .min()
        .orElse(Double.NaN);
  }

  /** The highest WFPR of all marks. */
  public double highestFalsePositiveRate() {
    return marks.stream().mapToDouble(WatermarkRates::falsePositiveRate).max().orElse(Double.NaN);
  }

  /** The highest spill of all marks; NaN if one has none, for want of other class pairs. */
  public double highestSpill() {
    return marks.stream().mapToDouble(WatermarkRates::spillRate).max().orElse(Double.NaN);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "accuracy %.2f %%, %s", 100 * accuracy, marks);
  }
}
