package org.meadefender.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meadefender.suspect.Calibration;

/**
 * How good a network is at an epoch's end.
 *
 * @param accuracy share of test samples classified correctly
 * @param calibration log loss and calibration error on them; empty if the network is so sure that
 *     its probabilities are 0 and 1
 * @param marks WSR, WFPR and spill of each watermark, in the order of the specs
 * @param sourceAnswers p(C|A) and p(C|B) of each watermark on the test samples, in that order
 * @since 0.1.0
 */
public record Evaluation(
    double accuracy,
    Optional<Calibration> calibration,
    List<WatermarkRates> marks,
    List<SourceAnswers> sourceAnswers) {
  /** Copies the lists. */
  public Evaluation {
    marks = List.copyOf(marks);
    sourceAnswers = List.copyOf(sourceAnswers);
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
    return String.format(
        Locale.ROOT,
        "accuracy %.2f %%, %s%s, %s",
        100 * accuracy,
        calibration.map(each -> each + ", ").orElse(""),
        marks,
        sourceAnswers);
  }
}
