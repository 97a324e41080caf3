package org.meadefender.verify;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which of a suspect's outputs stands for which class of the held-out data.
 *
 * <p>A thief may renumber classes, add some or leave some out. Clean samples show the order: it is
 * the assignment of outputs to classes under which most of them are answered correctly.
 *
 * @param columns for each class the suspect's output, {@link Answers#NONE} where it has none
 * @param changed whether this is not the held-out data's own order
 * @param doubt why the order is not certain; empty if it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClassOrder(int[] columns, boolean changed, Optional<String> doubt) {
  /** Another order must explain clean samples better with this p-value. */
  private static final double ALPHA = 1e-3;

  /** A class belongs to an output rather than to another with this p-value. */
  private static final double CLASS_ALPHA = 0.05;

  /**
   * Estimates the order.
   *
   * @param raw answers to the clean samples, in the suspect's own order
   * @param classes classes of the held-out data
   * @param marked classes that a verdict depends on
   */
  static ClassOrder estimate(CleanSamples clean, Answers raw, int classes, Set<Integer> marked) {
    int[] present = clean.presentClasses();
    int[] balanced = clean.balancedRows();
    int[] assigned = assignment(present, counts(clean, raw, balanced, classes), raw.classes());
    int[] identity = IntStream.range(0, classes).toArray();
    if (raw.classes() == classes && !isBetter(clean, raw, balanced, assigned, identity)) {
      return new ClassOrder(identity, false, Optional.empty());
    }
    int[] columns = completed(assigned, present, classes, raw.classes());
    int[] all = IntStream.range(0, raw.rows()).toArray();
    return new ClassOrder(columns, true, doubt(counts(clean, raw, all, classes), columns, marked));
  }

  private static int[][] counts(CleanSamples clean, Answers raw, int[] rows, int classes) {
    int[][] counts = new int[classes][raw.classes()];
    for (int row : rows) {
      if (raw.top(row) != Answers.NONE) {
        counts[clean.label(row)][raw.top(row)]++;
      }
    }
    return counts;
  }

  private static boolean isBetter(
      CleanSamples clean, Answers raw, int[] rows, int[] assigned, int[] identity) {
    int better = 0;
    int worse = 0;
    for (int row : rows) {
      boolean byAssigned = raw.top(row) == assigned[clean.label(row)];
      boolean byIdentity = raw.top(row) == identity[clean.label(row)];
      better += byAssigned && !byIdentity ? 1 : 0;
      worse += byIdentity && !byAssigned ? 1 : 0;
    }
    return better > worse && Statistics.paired(better, worse) <= ALPHA;
  }

  /**
   * The same order as {@code --class-order} and {@code InputFormat.withClassOrder} take it: for
   * each of the suspect's outputs the data's class. Empty if some class or output has no partner.
   */
  Optional<List<Integer>> asOption(int outputs) {
    Integer[] order = new Integer[outputs];
    for (int label = 0; label < columns.length; label++) {
      if (columns[label] != Answers.NONE) {
        order[columns[label]] = label;
      }
    }
    return columns.length == outputs && Arrays.stream(order).noneMatch(Objects::isNull)
        ? Optional.of(List.of(order))
        : Optional.empty();
  }

  /** Classes without clean samples keep their own number, where it is free. */
  private static int[] completed(int[] assigned, int[] present, int classes, int outputs) {
    int[] columns = assigned.clone();
    Set<Integer> taken = new HashSet<>();
    Arrays.stream(assigned).filter(column -> column != Answers.NONE).forEach(taken::add);
    for (int label = 0; label < classes; label++) {
      int own = label;
      if (Arrays.stream(present).noneMatch(each -> each == own)
          && label < outputs
          && taken.add(label)) {
        columns[label] = label;
      }
    }
    return columns;
  }

  private static Optional<String> doubt(int[][] counts, int[] columns, Set<Integer> marked) {
    for (int label : marked) {
      int column = columns[label];
      int own = column == Answers.NONE ? 0 : counts[label][column];
      int other =
          IntStream.range(0, counts[label].length)
              .filter(i -> i != column)
              .map(i -> counts[label][i])
              .max()
              .orElse(0);
      if (own <= other || Statistics.paired(own, other) > CLASS_ALPHA) {
        return Optional.of(
            "the suspect's classes are not in the held-out data's order, and clean samples do not"
                + " tell which of its outputs is class "
                + label
                + "; give the class order, or more held-out samples");
      }
    }
    return Optional.empty();
  }

  /**
   * The assignment of classes to outputs with most correct answers (the Hungarian algorithm with
   * potentials, as in Jonker and Volgenant 1987).
   */
  private static int[] assignment(int[] rows, int[][] counts, int outputs) {
    int columns = Math.max(outputs, rows.length);
    double[] ofRow = new double[rows.length + 1];
    double[] ofColumn = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    for (int row = 1; row <= rows.length; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[columns + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      int[] before = new int[columns + 1];
      boolean[] used = new boolean[columns + 1];
      while (rowOf[column] != 0) {
        used[column] = true;
        int current = rowOf[column];
        double step = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j <= columns; j++) {
          if (used[j]) {
            continue;
          }
          int count = j <= outputs ? counts[rows[current - 1]][j - 1] : 0;
          // Ties go to a class's own number.
          double cost = -count - (j - 1 == rows[current - 1] ? 0.5 / (columns + 1) : 0);
          double reduced = cost - ofRow[current] - ofColumn[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            before[j] = column;
          }
          if (least[j] < step) {
            step = least[j];
            next = j;
          }
        }
        for (int j = 0; j <= columns; j++) {
          if (used[j]) {
            ofRow[rowOf[j]] += step;
            ofColumn[j] -= step;
          } else {
            least[j] -= step;
          }
        }
        column = next;
      }
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    int[] result = new int[counts.length];
    Arrays.fill(result, Answers.NONE);
    for (int j = 1; j <= outputs; j++) {
      if (rowOf[j] != 0) {
        result[rows[rowOf[j] - 1]] = j - 1;
      }
    }
    return result;
  }
}
