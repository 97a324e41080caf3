package org.meadefender.train;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meadefender.batch.RowCounts;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossTerms;
import org.meadefender.verify.Evaluation;

/**
 * What a training did.
 *
 * @param epochs one entry per finished epoch
 * @param method how the mark was taught in the end; another training can go on with it
 * @param acceleratedLayers number of layers that ran on oneDNN
 * @param cancelled whether it was stopped before its last epoch
 * @since 0.1.0
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
      List<LossAlphas> alphas,
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

  /**
   * How well a network recognised a source class in an epoch, on the task rows while it was trained
   * on them.
   *
   * @param sourceClass class index
   * @param rows task rows of that class
   * @param recall share of them that it answered rightly; NaN if there were none
   * @param ofOthers share of the other classes' task rows, but the target's, that it answered
   *     rightly; NaN if there were none
   */
  public record SourceRecall(int sourceClass, long rows, double recall, double ofOthers) {
    /** Fewer say nothing. */
    private static final int ENOUGH = 20;

    /** A network that knows less of the others has not learnt the task yet. */
    private static final double LEARNT = 0.5;

    /** Classes differ, but seldom by so much. */
    private static final double LOST = 0.5;

    /** Whether the class is lost: recognised less than half as often as the other classes. */
    public boolean isLost() {
      return rows >= ENOUGH && ofOthers >= LEARNT && recall < LOST * ofOthers;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "class %d %.1f %% (others %.1f %%)",
          sourceClass,
          100 * recall,
          100 * ofOthers);
    }
  }
}
