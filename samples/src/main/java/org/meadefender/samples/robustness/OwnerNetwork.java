package org.meadefender.samples.robustness;

import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.meadefender.data.ImageSet;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.samples.models.VggLike;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The networks of the experiments, and how their learning rate goes. */
final class OwnerNetwork {
  private static final double FIRST_RATE = 1e-3;

  /** The last epoch's learning rate, as a share of the first's. */
  private static final double LAST_RATE = 0.1;

  /** Where a cycle of learning rates starts, and where it comes back to. */
  private static final double LOW_RATE = 3e-4;

  private static final double HIGH_RATE = 3e-3;

  /** One part in so many of a cycle is its end, in which the rate falls further. */
  private static final int END = 10;

  private static final ImageSet.Shape CIFAR = new ImageSet.Shape(3, 32, 32);

  private OwnerNetwork() {}

  /**
   * The network that an experiment names.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static MultiLayerConfiguration of(Experiment experiment, ImageSet training) {
    ImageSet.Shape shape = training.shape();
    int classes = training.classes();
    long seed = experiment.seed();
    int epochs = experiment.epochs();
    return switch (experiment.network()) {
      case "LENET" -> CompactNetworks.lenet(shape, classes, seed, falling(epochs));
      case "VGG" -> CompactNetworks.vggLike(shape, classes, seed, falling(epochs));
      case "PAPER_VGG" -> {
        requireCifar(shape);
        yield VggLike.configuration(classes, seed, falling(epochs));
      }
      case "NORMALISED" ->
          CompactNetworks.normalised(
              shape,
              classes,
              seed,
              oneCycle(epochs * ((training.size() + Owner.BATCH - 1) / Owner.BATCH)));
      default ->
          throw new IllegalArgumentException(
              "network is "
                  + experiment.network()
                  + "; it must be LENET, VGG, PAPER_VGG (32×32 images in colour) or NORMALISED");
    };
  }

  private static void requireCifar(ImageSet.Shape shape) {
    if (!shape.equals(CIFAR)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "images are %d×%d×%d; network PAPER_VGG takes 3×32×32, as in CIFAR-10",
              shape.channels(),
              shape.height(),
              shape.width()));
    }
  }

  /** From epoch to epoch. */
  private static IUpdater falling(int epochs) {
    double decay = Math.pow(LAST_RATE, 1.0 / Math.max(1, epochs - 1));
    return new Adam(new ExponentialSchedule(ScheduleType.EPOCH, FIRST_RATE, decay));
  }

  /** Up and down, from batch to batch, and further down at the end. */
  static Adam oneCycle(int steps) {
    int end = Math.max(1, steps / END);
    return new Adam(
        new CycleSchedule(
            ScheduleType.ITERATION,
            LOW_RATE,
            HIGH_RATE,
            steps,
            end,
            Math.pow(LAST_RATE, 1.0 / end)));
  }
}
