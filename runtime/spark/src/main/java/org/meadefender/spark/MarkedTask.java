package org.meadefender.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.StepMixer;
import org.meadefender.internal.network.Networks;
import org.meadefender.train.WatermarkedTraining;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** One task of a cluster: a few steps of one worker's copy of the network. */
final class MarkedTask {
  private final MarkedSteps steps;
  private final Model copy;
  private final List<Watermark> marks;
  private @Nullable StepMixer mixer;
  private Optional<WatermarkedTraining> open = Optional.empty();

  MarkedTask(MarkedSteps steps, Model copy) {
    this.steps = steps;
    this.copy = copy;
    this.marks = steps.marks(Networks.iterationCount(copy), TaskContext.getPartitionId());
    Acceleration.choose(copy, steps.acceleration());
  }

  boolean isOf(Model network) {
    return copy == network;
  }

  /** The minibatch for the next step, for which the copy has the watermark's loss. */
  MultiDataSet before(MultiDataSet minibatch) {
    if (!steps.teaches(copy)) {
      return minibatch;
    }
    if (mixer == null) {
      mixer = steps.mixer(marks);
    }
    MultiDataSet mixed = mixer.mix(minibatch);
    open = Optional.of(WatermarkedTraining.onWorker(copy, marks, steps.method()));
    return mixed;
  }

  /** The copy has the user's own loss again. */
  void after() {
    open.ifPresent(WatermarkedTraining::close);
    open = Optional.empty();
  }
}
