package org.meadefender.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meadefender.suspect.InputFormat;
import org.meadefender.suspect.SuspectModel;

/** Looks for the reason why a suspect fails on clean samples: the usual mistakes, one by one. */
final class InputDiagnosis {
  private static final double BYTES = 255;
  private static final int CLEAN_ROWS = 200;

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
   * Asks the clean samples in other formats.
   *
   * @param tolerable accuracy above which a format is believed to be the right one
   * @return the likely cause, if one is found
   */
  static Optional<String> cause(
      SuspectModel suspect,
      HeldOutSamples samples,
      CleanCheck check,
      int[] answers,
      double tolerable,
      RandomGenerator random) {
    Optional<String> order = check.classOrder(answers, samples.classes());
    if (order.isPresent()) {
      return Optional.of(
          "its classes seem to be numbered otherwise, try the class order " + order.get());
    }
    for (Map.Entry<String, InputFormat> mistake : MISTAKES.entrySet()) {
      Rate rate = tryFormat(suspect.withFormat(mistake.getValue()), samples, check, random);
      if (rate.rows() > 0 && rate.share() > 2 * tolerable) {
        return Optional.of(
            "it reaches " + rate + " where samples are " + mistake.getKey() + ", ask it so");
      }
    }
    return Optional.empty();
  }

  /** Share of clean samples that a suspect answers rightly; 0 if it takes none. */
  static double accuracy(SuspectModel suspect, HeldOutSamples samples, RandomGenerator random) {
    CleanCheck check = CleanCheck.draw(samples, CLEAN_ROWS, random, new QuerySheet());
    Rate rate = tryFormat(suspect, samples, check, random);
    return rate.rows() == 0 ? 0 : rate.share();
  }

  private static Rate tryFormat(
      SuspectModel suspect, HeldOutSamples samples, CleanCheck check, RandomGenerator random) {
    try {
      QuerySheet sheet = new QuerySheet();
      QuerySheet.Section section = sheet.add(check.queries());
      sheet.ask(Interrogation.ofSuspect(suspect, samples, check.queries().size(), random));
      return check.correct(sheet.answers(section));
    } catch (RuntimeException refused) {
      // A format that the suspect cannot take is not the one.
      return Rate.NONE;
    }
  }
}
