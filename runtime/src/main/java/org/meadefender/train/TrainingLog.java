package org.meadefender.train;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default observer of trainings. */
final class TrainingLog {
  private static final Logger log = LoggerFactory.getLogger(TrainingLog.class);

  private TrainingLog() {}

  static void epochEnds(TrainingProgress progress) {
    if (progress.epochDone()) {
      log.info("{}", progress);
    }
  }

  static void markRests(MarkSchedule schedule) {
    log.info(
        "The mark is taught in the last {} of {} batches",
        schedule.markedSteps(),
        (long) schedule.epochs() * schedule.batchesPerEpoch());
  }

  /** Does not say of which class, which is part of the secret. */
  static void lowered(double offset) {
    log.info(
        "A target's logit was lowered by {}, for accuracy",
        String.format(Locale.ROOT, "%.2f", offset));
  }

  static void blendingNotTried() {
    log.info("AUTOENCODER_BLENDING is not tried: the key has no autoencoder");
  }

  static void noRehearsal(Rehearsal wish) {
    log.warn(
        "There is no rehearsal: a share of {} of this training's work is too little for a copy;"
            + " raise it by withCostShare",
        wish.costShare());
  }
}
