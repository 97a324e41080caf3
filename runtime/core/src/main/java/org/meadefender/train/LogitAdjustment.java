package org.meadefender.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.combine.Watermark;
import org.meadefender.loss.LossStep;
import org.meadefender.loss.TaskAnswers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gives back accuracy that a mark costs: a marked network answers hard samples of its source
 * classes with the target, for it has seen more of that class than there is. Lowering the target's
 * output bias undoes most of this; post-hoc logit adjustment (Menon et al., ICLR 2021), by so much
 * as pays on the task rows that were trained last.
 */
final class LogitAdjustment {
  /** A standard error of at most half a point of accuracy. */
  private static final int MOST_ROWS = 10_240;

  private static final long MOST_BYTES = 64L << 20;

  private final int[] targets;
  private final int classes;
  private final LastAnswers answers;

  LogitAdjustment(List<Watermark> watermarks, int classes) {
    this.targets = watermarks.stream().mapToInt(Watermark::target).distinct().toArray();
    this.classes = classes;
    this.answers =
        new LastAnswers(
            classes, (int) Math.max(1, Math.min(MOST_ROWS, MOST_BYTES / Float.BYTES / classes)));
  }

  /** Forgets the answers, of an epoch that is over. */
  void restart() {
    answers.clear();
  }

  /** Hears of a batch; one without a mark counts for nothing. */
  void observe(LossStep step) {
    if (step.rows().watermark() > 0) {
      answers.add(step.tasks());
    }
  }

  /** By how much each target's logit should be lowered, at least 0. */
  List<Double> offsets() {
    double[] lowered = new double[classes];
    TaskAnswers all = answers.all();
    for (int target : targets) {
      lowered[target] = offset(all, target, lowered);
    }
    return Arrays.stream(targets).mapToObj(target -> lowered[target]).toList();
  }

  /**
   * Lowers the targets' logits of a network, if its last layer has biases.
   *
   * @param offsets of {@link #offsets}, or empty for none
   * @return takes it back, to the bit
   */
  Runnable lower(Model network, OutputHead head, List<Double> offsets) {
    INDArray bias = head.bias(network).orElse(null);
    if (bias == null) {
      return () -> {};
    }
    INDArray before = bias.dup();
    for (int i = 0; i < offsets.size(); i++) {
      bias.putScalar(targets[i], bias.getDouble(targets[i]) - offsets.get(i));
    }
    return () -> bias.assign(before);
  }

  /** Lowers them for good, at the end of a training. */
  void finish(Model network, OutputHead head, List<Double> offsets) {
    lower(network, head, offsets);
    offsets.forEach(TrainingLog::lowered);
  }

  /**
   * By how much the target's logit should be lowered: the least offset that is worth as much as the
   * best one, but for one standard error (as trees are pruned: Breiman et al. 1984).
   *
   * @param lowered what has been taken from the logits of all classes already
   * @return at least 0
   */
  static double offset(TaskAnswers answers, int target, double[] lowered) {
    List<Won> won =
        IntStream.range(0, answers.size())
            .mapToObj(row -> won(answers, row, target, lowered))
            .filter(each -> each.margin > 0)
            .sorted(Comparator.comparingDouble(Won::margin))
            .toList();
    int[] gains = new int[won.size() + 1];
    int changes = 0;
    int best = 0;
    double error = 0;
    for (int i = 0; i < won.size(); i++) {
      int gain = won.get(i).gain;
      gains[i + 1] = gains[i] + gain;
      changes += Math.abs(gain);
      if (gains[i + 1] > gains[best]) {
        best = i + 1;
        error = Math.sqrt(changes);
      }
    }
    int least = 0;
    while (gains[least] < gains[best] - error) {
      least++;
    }
    if (least == 0) {
      return 0;
    }
    double margin = won.get(least - 1).margin;
    return least == won.size() ? margin : (margin + won.get(least).margin) / 2;
  }

  /**
   * How an answer's target stands to its best other class.
   *
   * @param margin between their logits
   * @param gain right answers, if the other class won instead: -1, 0 or 1
   */
  private record Won(double margin, int gain) {}

  private static Won won(TaskAnswers answers, int row, int target, double[] lowered) {
    int other = target == 0 ? 1 : 0;
    for (int c = 0; c < answers.classes(); c++) {
      if (c != target
          && logit(answers, row, c, lowered) > logit(answers, row, other, lowered)) {
        other = c;
      }
    }
    int label = answers.label(row);
    int gain = (label == other ? 1 : 0) - (label == target ? 1 : 0);
    return new Won(
        logit(answers, row, target, lowered) - logit(answers, row, other, lowered), gain);
  }

  private static double logit(TaskAnswers answers, int row, int ofClass, double[] lowered) {
    return answers.logProbability(row, ofClass) - lowered[ofClass];
  }
}
