package org.meadefender.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.loss.LossStep;
import org.meadefender.internal.loss.TaskAnswers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gives back accuracy that a mark costs: a marked network answers hard samples of its source
 * classes with the target, for it has seen more of that class than there is. Lowering the target's
 * output bias undoes most of this; post-hoc logit adjustment (Menon et al., ICLR 2021), by so much
 * as pays on the task rows that were trained last.
 */
final class LogitAdjustment implements RunListener {
  /** A standard error of at most half a point of accuracy. */
  private static final int MOST_ROWS = 10_240;

  private static final long MOST_BYTES = 64L << 20;

  private static final String OFFSETS = "offsets";

  private final OutputHead head;
  private final int[] targets;
  private final LastAnswers answers;
  private boolean active;
  private List<Double> offsets = List.of();
  private Optional<INDArray> before = Optional.empty();

  LogitAdjustment(List<Watermark> watermarks, OutputHead head) {
    int classes = head.classes();
    this.head = head;
    this.targets = watermarks.stream().mapToInt(Watermark::target).distinct().toArray();
    this.answers =
        new LastAnswers(
            classes, (int) Math.max(1, Math.min(MOST_ROWS, MOST_BYTES / Float.BYTES / classes)));
  }

  @Override
  public void epochStarts(TrainingRun run) {
    start(run.method().logitAdjustment());
  }

  /** Forgets the answers of an epoch that is over. */
  void start(boolean adjusts) {
    active = adjusts;
    answers.clear();
  }

  /** A batch without a mark counts for nothing. */
  @Override
  public void lossKnown(LossStep step) {
    if (active && step.rows().watermark() > 0) {
      answers.add(step.tasks());
    }
  }

  /** Measures see what the training would leave. */
  @Override
  public void epochTrained(TrainingRun run) {
    offsets = active ? offsets() : List.of();
    lower(run.model().network(), offsets);
  }

  @Override
  public void epochCloses(TrainingRun run) {
    takeBack(run.model().network());
  }

  /** The last training of a plan lowers them for good. */
  @Override
  public void fitEnds(TrainingRun run) {
    TrainingOptions options = run.options();
    if (options.epochsBefore() + options.epochs() == options.plannedEpochs()) {
      lower(run.model().network(), offsets);
      offsets.forEach(TrainingLog::lowered);
    }
  }

  @Override
  public Map<String, String> state() {
    return Map.of(
        OFFSETS, offsets.stream().map(each -> each.toString()).collect(Collectors.joining(" ")));
  }

  @Override
  public void restore(Map<String, String> state, TrainingRun run) {
    offsets =
        Arrays.stream(state.getOrDefault(OFFSETS, "").split(" "))
            .filter(each -> !each.isEmpty())
            .map(Double::valueOf)
            .toList();
  }

  /** By how much each target's logit should be lowered, at least 0. */
  List<Double> offsets() {
    double[] lowered = new double[head.classes()];
    TaskAnswers all = answers.all();
    for (int target : targets) {
      lowered[target] = offset(all, target, lowered);
    }
    return Arrays.stream(targets).mapToObj(target -> lowered[target]).toList();
  }

  /**
   * Lowers the targets' logits of a network, if its last layer has biases.
   *
   * @param by of {@link #offsets()}, or empty for none
   */
  void lower(Model network, List<Double> by) {
    before = head.bias(network).map(INDArray::dup);
    head.bias(network)
        .ifPresent(
            bias -> {
              for (int i = 0; i < by.size(); i++) {
                bias.putScalar(targets[i], bias.getDouble(targets[i]) - by.get(i));
              }
            });
  }

  /** Takes back what {@link #lower} did, to the bit. */
  void takeBack(Model network) {
    before.ifPresent(values -> head.bias(network).orElseThrow().assign(values));
    before = Optional.empty();
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
      if (c != target && logit(answers, row, c, lowered) > logit(answers, row, other, lowered)) {
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
