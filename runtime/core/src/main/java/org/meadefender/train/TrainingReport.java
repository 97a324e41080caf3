package org.meadefender.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meadefender.batch.RowCounts;
import org.meadefender.loss.LossStep;
import org.meadefender.loss.LossTerms;

/**
 * What a training did.
 *
 * @param epochs one entry per finished epoch
 * @param method how the mark was taught in the end; another training can go on with it
 * @param acceleratedLayers number of layers that ran on oneDNN
 * @param cancelled whether it was stopped before its last epoch
 */
public record TrainingReport(
    List<Epoch> epochs, Method method, int acceleratedLayers, boolean cancelled) {

  /**
   * One epoch.
   *
   * @param terms mean loss terms over its batches, and the number of task rows
   * @param alphas coefficients of the losses, batch by batch
   * @param rows number of rows of each kind
   * @param recalls of the source classes on the task rows, while they were trained on
   * @param evaluation at its end, where asked for
   * @param time wall-clock time, without the evaluation
   */
  public record Epoch(
      LossTerms terms,
      List<LossStep.Alphas> alphas,
      RowCounts rows,
      List<SourceRecall> recalls,
      Optional<Evaluation> evaluation,
      Duration time) {
    /** Copies the lists. */
    public Epoch {
      alphas = List.copyOf(alphas);
      recalls = List.copyOf(recalls);
    }
  }

  /** Copies the list. */
  public TrainingReport {
    epochs = List.copyOf(epochs);
  }

  /** Number of rows of each kind over all epochs. */
  public RowCounts rows() {
    return epochs.stream().map(Epoch::rows).reduce(RowCounts.NONE, RowCounts::plus);
  }

  /** Task rows per second over all epochs; 0 if there were none. */
  public double samplesPerSecond() {
    double seconds = seconds();
    return seconds == 0
        ? 0
        : epochs.stream().mapToLong(each -> each.terms().taskRows()).sum() / seconds;
  }

  private double seconds() {
    return epochs.stream().mapToDouble(each -> each.time().toNanos() / 1e9).sum();
  }
}
