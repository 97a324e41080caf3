package org.meadefender.train;

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
}
