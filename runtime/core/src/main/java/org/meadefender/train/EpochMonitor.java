package org.meadefender.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.meadefender.batch.RowCounts;
import org.meadefender.batch.WatermarkedData;
import org.meadefender.combine.Watermark;
import org.meadefender.loss.LossStep;
import org.meadefender.loss.LossTerms;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Follows the batches of one epoch: sums loss terms and rows, reports, cancels, and stops at NaN.
 */
final class EpochMonitor extends BaseTrainingListener {
  /** Guessing has a cross-entropy of ln(classes); no classifier comes back from here. */
  private static final double LIMIT = 1e6;

  private final TrainingOptions options;
  private final int epoch;
  private final WatermarkedData data;
  private final long start = System.nanoTime();
  private final int previousEpochBatches;
  private final List<LossStep.Alphas> alphas = new ArrayList<>();
  private final SourceRecalls recalls;
  private RowCounts rows = RowCounts.NONE;
  private LossTerms last = LossTerms.NONE;
  private LossTerms sum = LossTerms.NONE;
  private int batches;
  private Optional<Evaluation> evaluation = Optional.empty();

  /**
   * Starts the clock.
   *
   * @param watermarks whose source classes are watched
   * @param epoch from 0
   * @param previousEpochBatches batches of an earlier epoch, for the estimate; 0 if unknown
   */
  EpochMonitor(
      TrainingOptions options,
      List<Watermark> watermarks,
      int epoch,
      WatermarkedData data,
      int previousEpochBatches) {
    this.recalls = new SourceRecalls(watermarks);
    this.options = options;
    this.epoch = epoch;
    this.data = data;
    this.previousEpochBatches = previousEpochBatches;
  }

  /** Hears of a batch's loss before {@link #iterationDone}. */
  void observe(LossStep batch) {
    alphas.add(batch.alphas());
    last = batch.terms();
    sum = sum.plus(batch.terms());
    rows = rows.plus(batch.rows());
    recalls.observe(batch.tasks());
  }

  @Override
  public void iterationDone(Model model, int iteration, int modelEpoch) {
    batches++;
    String diverged = alphas.isEmpty() ? "" : last.firstAbove(LIMIT);
    if (!Double.isFinite(model.score()) || !diverged.isEmpty()) {
      throw diverged(
          "The loss is "
              + model.score()
              + " in epoch "
              + (epoch + 1)
              + ", batch "
              + batches
              + (diverged.isEmpty()
                  ? ""
                  : "; the term "
                      + diverged
                      + " is the first that is no number or above "
                      + LIMIT));
    }
    if (options.cancel().getAsBoolean()) {
      data.stop();
    }
    options.progress().accept(progress(elapsed(), false));
  }

  private TrainingDivergedException diverged(String finding) {
    return new TrainingDivergedException(
        finding
            + ". Lower the learning rate or the weights, or look for NaN in the data"
            + options
                .checkpoints()
                .map(directory -> "; a checkpoint in " + directory + " is from before it")
                .orElse(""));
  }

  /**
   * Checks what the last batch left behind, which no loss has shown yet.
   *
   * @throws TrainingDivergedException if a parameter is no finite number
   */
  void requireFinite(INDArray parameters) {
    if (!Double.isFinite(parameters.sumNumber().doubleValue())) {
      throw diverged(
          "The network has parameters that are no finite numbers after epoch " + (epoch + 1));
    }
  }

  /** The finished epoch; tells the observer. */
  TrainingReport.Epoch finish(Model network, Optional<Evaluator> evaluator) {
    Duration time = elapsed();
    evaluation = evaluator.map(each -> each.evaluate(network));
    options.progress().accept(progress(time, true));
    return new TrainingReport.Epoch(mean(), alphas, rows, recalls.recalls(), evaluation, time);
  }

  int batches() {
    return batches;
  }

  private LossTerms mean() {
    return sum.meanOf(alphas.size());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private TrainingProgress progress(Duration time, boolean epochDone) {
    LossTerms mean = mean();
    double seconds = time.toNanos() / 1e9;
    double left =
        previousEpochBatches == 0
            ? 0
            : (options.epochs() - epoch) * (double) previousEpochBatches - batches;
    return new TrainingProgress(
        epoch + 1,
        options.epochs(),
        batches,
        mean,
        alphas.isEmpty() ? new LossStep.Alphas(0, 0, 0) : alphas.get(alphas.size() - 1),
        rows,
        recalls.recalls(),
        mean.taskRows() / seconds,
        Duration.ofMillis(Math.round(1000 * Math.max(0, left) * seconds / Math.max(1, batches))),
        evaluation,
        epochDone);
  }
}
