package org.meadefender.loss;

/** What a network answered on a task row while it was trained on it. */
public final class TaskAnswer {
  private final int label;
  private final float[] logProbabilities;

  /**
   * An answer.
   *
   * @param label most probable class of the row's label
   * @param logProbabilities natural logarithms of the class probabilities; not copied
   */
  public TaskAnswer(int label, float... logProbabilities) {
    this.label = label;
    this.logProbabilities = logProbabilities;
  }

  /** Most probable class of the row's label. */
  public int label() {
    return label;
  }

  /** Number of classes. */
  public int classes() {
    return logProbabilities.length;
  }

  /** Natural logarithm of a class's probability. */
  public double logProbability(int ofClass) {
    return logProbabilities[ofClass];
  }
}
