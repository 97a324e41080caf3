package org.meadefender.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meadefender.suspect.InputFormat;
import org.meadefender.suspect.SuspectModel;

/** Looks for the reason why a suspect fails on clean samples: the usual mistakes, one by one. */
final class InputDiagnosis {
  private static final double BYTES = 255;

  /** A suspect that is worse than this is asked in other formats. */
  private static final double SUSPICIOUS = 0.6;

  /** Another format must explain clean samples better with this p-value. */
  private static final double ALPHA = 1e-3;

  private static final Map<String, InputFormat> MISTAKES = new LinkedHashMap<>();

  static {
    MISTAKES.put("multiplied by 255", InputFormat.SAME.withScaling(BYTES, 0));
    MISTAKES.put("divided by 255", InputFormat.SAME.withScaling(1 / BYTES, 0));
    MISTAKES.put("scaled from 0…1 to −1…1", InputFormat.SAME.withScaling(2, -1));
    MISTAKES.put(
        "turned to [n, H, W, C]", InputFormat.SAME.withLayout(InputFormat.Layout.CHANNELS_LAST));
    MISTAKES.put(
        "turned to [n, C, H, W]", InputFormat.SAME.withLayout(InputFormat.Layout.CHANNELS_FIRST));
  }

  private InputDiagnosis() {}

  /**
   * Asks the clean samples in other formats, if the suspect seems to fail on them.
   *
   * @param found how many it classifies correctly as it is asked
   * @param columns its class order
   * @return the likely cause and the remedy, if one is found
   */
  static Optional<String> cause(
      SuspectModel suspect, HeldOutSamples samples, CleanSamples clean, Rate found, int[] columns) {
    if (found.share() >= SUSPICIOUS) {
      return Optional.empty();
    }
    for (Map.Entry<String, InputFormat> mistake : MISTAKES.entrySet()) {
      Rate rate = tryFormat(suspect.withFormat(mistake.getValue()), samples, clean, columns);
      if (rate.rows() > 0
          && rate.share() > found.share()
          && Statistics.fisher(rate, found) <= ALPHA) {
        return Optional.of(
            "it reaches " + rate + " where samples are " + mistake.getKey() + "; ask it so");
      }
    }
    return Optional.empty();
  }

  /** Share of clean samples that a suspect answers rightly; 0 if it takes none. */
  static double accuracy(SuspectModel suspect, HeldOutSamples samples, CleanSamples clean) {
    int[] columns = java.util.stream.IntStream.range(0, samples.classes()).toArray();
    Rate rate = tryFormat(suspect, samples, clean, columns);
    return rate.rows() == 0 ? 0 : rate.share();
  }

  private static Rate tryFormat(
      SuspectModel suspect, HeldOutSamples samples, CleanSamples clean, int[] columns) {
    try {
      QueryRunner runner =
          new QueryRunner(
              "the suspect", suspect, samples, clean.queries().size(), Optional.empty(), 0);
      return clean.correct(runner.ask(clean.queries()).inOrder(columns));
    } catch (RuntimeException refused) {
      // A format that the suspect cannot take is not the one.
      return Rate.NONE;
    }
  }
}
