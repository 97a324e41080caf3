package org.meadefender.advice;

import java.util.ArrayList;
import java.util.List;
import org.meadefender.internal.evaluation.Evaluator;

/**
 * When to rehearse and how large the copies are, so that all rehearsals together cost no more than
 * allowed.
 *
 * <p>Costs are counted in rows that are trained on: the copies have the network's own architecture,
 * so that a row costs them what it costs the training. Seconds would make every training another
 * one, and one that goes on after a crash too.
 *
 * @param epochs the epochs after which to rehearse, from 1, rising; none if the costs allow none
 * @param copyRows samples that each thief asks about
 * @param copyEpochs passes over them
 */
record RehearsalPlan(List<Integer> epochs, int copyRows, int copyEpochs) {
  /** The first rehearsal comes no later, and no later than after this part of the training. */
  private static final int LATEST_FIRST = 4;

  private static final int FIRST_PART = 3;

  /** About so many rehearsals, and at least so many epochs between two. */
  private static final int INTERVALS = 5;

  private static final int LEAST_INTERVAL = 2;

  /**
   * Rows that a copy must train on to be worth a look. On Fashion-MNIST the WSR of three copies lay
   * within 2 points after 900 steps, within 30 after 300.
   */
  static final int ENOUGH = 900 * SmallThief.BATCH;

  /** Below it there is no rehearsal at all. */
  static final int TOO_FEW = ENOUGH / 10;

  /**
   * Passes of a copy over its samples: more samples teach it more than more passes, and more than
   * the training has and these teach it little.
   */
  static final int LEAST_PASSES = 3;

  /** Training on a row is a forward pass and a backward pass of twice its size. */
  private static final double FORWARD = 1.0 / 3;

  /** What a copy's row costs, in the training's rows: its batches are smaller. */
  private static final double COPY_ROW = 1.4;

  /** Copies the list. */
  RehearsalPlan {
    epochs = List.copyOf(epochs);
  }

  /**
   * The sizes of a training.
   *
   * @param epochs passes over the data
   * @param resting epochs before the mark is taught
   * @param rows task rows per epoch
   * @param addedShare watermark and evasion rows per task row
   * @param samples rows at hand for copies
   * @param marks number of watermarks
   * @param heldOutRows held-out samples
   */
  record Sizes(
      int epochs,
      int resting,
      long rows,
      double addedShare,
      int samples,
      int marks,
      long heldOutRows) {}

  /** Plans the rehearsals of a training. */
  static RehearsalPlan of(Sizes sizes, Rehearsal wish) {
    double trainedOn =
        sizes.rows() * (sizes.epochs() + sizes.addedShare() * (sizes.epochs() - sizes.resting()));
    double allowed = wish.costShare() * trainedOn;
    boolean estimated = wish.unmarkedAccuracy().isEmpty();
    double fixed =
        FORWARD
                * (2.0 * (sizes.marks() * Evaluator.ROWS_PER_MARK + RehearsalListener.ACCURACY_ROWS)
                    + (estimated ? 2.0 * sizes.heldOutRows() : 0))
            + (estimated ? (2 + sizes.addedShare()) * Math.min(MarkCost.ROWS, sizes.samples()) : 0);
    List<Integer> epochs = schedule(sizes.epochs(), sizes.resting());
    double perRow = 2 * (COPY_ROW + FORWARD / LEAST_PASSES);
    int mostPasses = sizes.epochs() + LEAST_PASSES;
    double enough = Math.min(ENOUGH, (double) sizes.samples() * mostPasses);
    while (epochs.size() > 1 && (allowed / epochs.size() - fixed) / perRow < enough) {
      epochs = thinned(epochs);
    }
    double each = allowed / epochs.size() - fixed;
    int rows = (int) Math.min(sizes.samples(), each / perRow / LEAST_PASSES);
    if (rows < 1 || each / perRow < Math.min(TOO_FEW, enough)) {
      return new RehearsalPlan(List.of(), 0, 0);
    }
    int passes = (int) ((each / 2 - rows * FORWARD) / (COPY_ROW * rows));
    return new RehearsalPlan(epochs, rows, Math.min(passes, mostPasses));
  }

  /** All that would be wanted; the last one, after the last epoch, only reports. */
  static List<Integer> schedule(int epochs, int resting) {
    int marked = epochs - resting;
    int interval = Math.max(LEAST_INTERVAL, marked / INTERVALS);
    int first = resting + Math.min(LATEST_FIRST, (marked + FIRST_PART - 1) / FIRST_PART);
    List<Integer> schedule = new ArrayList<>();
    for (int epoch = first; epoch <= epochs - interval / 2; epoch += interval) {
      schedule.add(epoch);
    }
    if (!schedule.contains(epochs)) {
      schedule.add(epochs);
    }
    return schedule;
  }

  /** Without the last one: the first to go is the one that only reports. */
  private static List<Integer> thinned(List<Integer> epochs) {
    return epochs.subList(0, epochs.size() - 1);
  }
}
