package org.meadefender.advice;

import java.io.IOException;
import org.meadefender.data.ImageSets;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainsWithCheckpoints;

/** Run in a JVM of its own, which may be killed: trains with rehearsals. */
final class RehearsesWithCheckpoints {
  private static final int EPOCHS = 8;

  /** Changes something every time. */
  private static final Rehearsal REHEARSAL =
      Rehearsal.standard().withStolenWsrGoal(1).withUnmarkedAccuracy(0.01).withCostShare(10);

  private RehearsesWithCheckpoints() {}

  public static void main(String[] args) throws IOException {
    TrainsWithCheckpoints.train(args, options(listener()));
  }

  static RehearsalListener listener() {
    return RehearsalListener.of(REHEARSAL, ImageSets.drawn(20, 10, 1).test().iterator(50));
  }

  static TrainingOptions options(RehearsalListener listener) {
    return TrainingOptions.epochs(EPOCHS).withProgress(progress -> {}).withListener(listener);
  }
}
