package org.meadefender.train;

import java.nio.file.Path;
import java.util.Locale;
import org.meadefender.train.TrainingReport.SourceRecall;
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

  static void marksThroughout(MarkSchedule schedule) {
    log.info(
        "The mark is taught in every batch, as in all trainings of a single epoch or of at most {}"
            + " batches. Where this fit is one of several, tell each its place by"
            + " TrainingOptions.withPlan: long trainings teach the mark late, and in another way",
        schedule.markedSteps());
  }

  static void resumes(Path directory, int epochsDone, int epochs) {
    log.info(
        "Goes on with the checkpoint in {}, after {} of {} epochs", directory, epochsDone, epochs);
  }

  static void wasFinished(Path directory, int epochs) {
    log.warn(
        "The checkpoint in {} is of a training that came to its end: the network is as after its {}"
            + " epochs, and nothing is trained. To train anew, delete it or choose another directory",
        directory,
        epochs);
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
}
