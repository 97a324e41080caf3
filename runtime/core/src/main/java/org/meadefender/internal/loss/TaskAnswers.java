package org.meadefender.internal.loss;

/**
 * What a network answered on a batch's task rows while it was trained on them; only rows whose
 * labels say something.
 */
public final class TaskAnswers {
  private final int classes;
  private final int[] labels;
  private final float[] logProbabilities;

  /**
   * Some answers.
   *
   * @param classes number of classes
   * @param labels most probable class of each row's label, {@code [n]}; not copied
   * @param logProbabilities natural logarithms of the class probabilities, {@code [n · classes]};
   *     not copied
   */
  public TaskAnswers(int classes, int[] labels, float... logProbabilities) {
    this.classes = classes;
    this.labels = labels;
    this.logProbabilities = logProbabilities;
  }

  /** Number of rows. */
  public int size() {
    return labels.length;
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** Most probable class of a row's label. */
  public int label(int row) {
    return labels[row];
  }

  /** Natural logarithm of the probability that a row was given for a class. */
  public double logProbability(int row, int ofClass) {
    return logProbabilities[row * classes + ofClass];
  }

  /** The class with the highest probability; the first of several. */
  public int topClass(int row) {
    int top = 0;
    for (int c = 1; c < classes; c++) {
      top = logProbability(row, c) > logProbability(row, top) ? c : top;
    }
    return top;
  }

  /** Copies rows to another array, one behind the other. */
  public void copyTo(int row, float[] target, int place) {
    System.arraycopy(logProbabilities, row * classes, target, place * classes, classes);
  }
}
