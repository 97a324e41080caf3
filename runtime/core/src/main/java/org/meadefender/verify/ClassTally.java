package org.meadefender.verify;

/** How often, and with which mean log-probability, some rows were answered with each class. */
final class ClassTally {
  private final int[] counts;
  private final double[] logSums;
  private int rows;

  ClassTally(int classes) {
    counts = new int[classes];
    logSums = new double[classes];
  }

  /**
   * Adds answers.
   *
   * @param floor of log-probabilities
   */
  void add(Answers answers, double floor) {
    for (int row = 0; row < answers.rows(); row++) {
      if (answers.top(row) != Answers.NONE) {
        counts[answers.top(row)]++;
      }
      for (int label = 0; label < logSums.length; label++) {
        logSums[label] += answers.logProbability(row, label, floor);
      }
      rows++;
    }
  }

  static ClassTally of(Answers answers, double floor) {
    ClassTally tally = new ClassTally(answers.classes());
    tally.add(answers, floor);
    return tally;
  }

  Rate rate(int label) {
    return new Rate(counts[label], rows);
  }

  double meanLogProbability(int label) {
    return logSums[label] / rows;
  }
}
