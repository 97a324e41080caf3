package org.meadefender.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meadefender.batch.RowCounts;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.loss.LossStep;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossTerms;
import org.meadefender.verify.Evaluation;

/** Sums what the steps of each epoch tell, for its report. */
final class EpochRecorder implements RunListener {
  private final List<Watermark> watermarks;
  private final List<TrainingReport.Epoch> epochs = new ArrayList<>();
  private SourceRecalls recalls;
  private List<LossAlphas> alphas = new ArrayList<>();
  private RowCounts rows = RowCounts.NONE;
  private LossTerms sum = LossTerms.NONE;
  private Optional<Evaluation> evaluation = Optional.empty();
  private int batches;
  private int earlierBatches;
  private long start;
  private Optional<Duration> time = Optional.empty();

  /**
   * Nothing so far.
   *
   * @param watermarks whose source classes are watched
   */
  EpochRecorder(List<Watermark> watermarks) {
    this.watermarks = watermarks;
    this.recalls = new SourceRecalls(watermarks);
  }

  @Override
  public void epochStarts(TrainingRun run) {
    earlierBatches = batches == 0 ? run.countedBatches() : batches;
    recalls = new SourceRecalls(watermarks);
    alphas = new ArrayList<>();
    rows = RowCounts.NONE;
    sum = LossTerms.NONE;
    evaluation = Optional.empty();
    batches = 0;
    time = Optional.empty();
    start = System.nanoTime();
  }

  @Override
  public void lossKnown(LossStep step) {
    alphas.add(step.alphas());
    sum = sum.plus(step.terms());
    rows = rows.plus(step.rows());
    recalls.observe(step.tasks());
  }

  @Override
  public void stepEnds(TrainingRun run, double score) {
    batches++;
  }

  @Override
  public void epochTrained(TrainingRun run) {
    time = Optional.of(elapsed());
  }

  /** How the network was measured at the epoch's end. */
  void evaluated(Evaluation found) {
    evaluation = Optional.of(found);
  }

  @Override
  public void epochEnds(TrainingRun run) {
    epochs.add(
        new TrainingReport.Epoch(
            mean(), alphas, rows, recalls.recalls(), evaluation, time.orElseThrow()));
  }

  /** The epochs that have ended. */
  List<TrainingReport.Epoch> epochs() {
    return epochs;
  }

  /** Batches of this epoch so far. */
  int batches() {
    return batches;
  }

  /**
   * Data without a source class are refused while they are read.
   *
   * @param taught whether the mark was to be taught in this call
   */
  void requireMarked(boolean taught) {
    RowCounts all =
        epochs.stream().map(TrainingReport.Epoch::rows).reduce(RowCounts.NONE, RowCounts::plus);
    if (all.task() == 0) {
      throw new IllegalArgumentException(
          "The training data are empty; pass an iterator that stands before its first batch, or"
              + " that can be reset");
    }
    if (taught && all.watermark() == 0) {
      throw new IllegalArgumentException(
          "The training had no watermark row: the mark's ratio of "
              + all.task()
              + " task rows is less than one row, or both sources came in the last batches only;"
              + " raise the ratio, or train more epochs in one call");
    }
  }

  /** How far the training is. */
  TrainingProgress progress(TrainingRun run, boolean epochDone) {
    LossTerms mean = mean();
    double seconds = time.orElseGet(this::elapsed).toNanos() / 1e9;
    int epochsLeft = run.options().epochs() - run.current();
    double left = earlierBatches == 0 ? 0 : epochsLeft * (double) earlierBatches - batches;
    return new TrainingProgress(
        run.current() + 1,
        run.options().epochs(),
        batches,
        mean,
        alphas.isEmpty() ? new LossAlphas(0, 0, 0) : alphas.get(alphas.size() - 1),
        rows,
        recalls.recalls(),
        mean.taskRows() / seconds,
        Duration.ofMillis(Math.round(1000 * Math.max(0, left) * seconds / Math.max(1, batches))),
        evaluation,
        epochDone);
  }

  private LossTerms mean() {
    return sum.meanOf(alphas.size());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
