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

  static void lowered(int target, double offset) {
    log.info(
        "The logit of target {} was lowered by {}, for accuracy",
        target,
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
