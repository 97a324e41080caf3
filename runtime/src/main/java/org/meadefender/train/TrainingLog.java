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

  static void classLost(SourceRecall recall) {
    log.warn(
        "The network loses a source class: of {} task rows of class {} it answered {} % rightly, of"
            + " the other classes' {} %. Take other source classes, another kind of combiner, or a"
            + " smaller ratio",
        recall.rows(),
        recall.sourceClass(),
        Math.round(100 * recall.recall()),
        Math.round(100 * recall.ofOthers()));
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
