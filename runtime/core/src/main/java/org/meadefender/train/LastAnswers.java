package org.meadefender.train;

import org.meadefender.internal.loss.TaskAnswers;

/** The last answers of a network on task rows, a bounded number, in flat arrays. */
final class LastAnswers {
  private final int classes;
  private final int most;
  private int[] labels = new int[0];
  private float[] logProbabilities = new float[0];
  private int next;
  private int size;

  /**
   * Room for answers, which is taken when the first one comes.
   *
   * @param most rows, at least 1
   */
  LastAnswers(int classes, int most) {
    this.classes = classes;
    this.most = most;
  }

  /** Forgets all. */
  void clear() {
    next = 0;
    size = 0;
  }

  /** Adds a batch's rows; the oldest go where there are too many. */
  void add(TaskAnswers answers) {
    if (labels.length == 0) {
      labels = new int[most];
      logProbabilities = new float[most * classes];
    }
    for (int row = 0; row < answers.size(); row++) {
      labels[next] = answers.label(row);
      answers.copyTo(row, logProbabilities, next);
      next = (next + 1) % most;
      size = Math.min(size + 1, most);
    }
  }

  /** All of them, the oldest first. */
  TaskAnswers all() {
    int[] ordered = new int[size];
    float[] values = new float[size * classes];
    for (int row = 0; row < size; row++) {
      int place = (next - size + row + most) % most;
      ordered[row] = labels[place];
      System.arraycopy(logProbabilities, place * classes, values, row * classes, classes);
    }
    return new TaskAnswers(classes, ordered, values);
  }
}
