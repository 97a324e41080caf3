package org.meadefender.verify;

/** How often, and with which mean log-probability, some rows were answered with each class. */
final class ClassTally {
  private final int[] counts;
  private final double[] logSums;
  private final double[] logSquares;
  private int rows;

  ClassTally(int classes) {
    counts = new int[classes];
    logSums = new double[classes];
    logSquares = new double[classes];
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
        double logProbability = answers.logProbability(row, label, floor);
        logSums[label] += logProbability;
        logSquares[label] += logProbability * logProbability;
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

  /**
   * Lower end of the one-sided interval of the mean log-probability (Student's t); one row tells
   * nothing.
   */
  double leastLogProbability(int label, double errorRate) {
    if (rows < 2) {
      return Double.NEGATIVE_INFINITY;
    }
    double mean = meanLogProbability(label);
    double variance = Math.max(0, logSquares[label] - rows * mean * mean) / (rows - 1);
    return Statistics.lowerBound(mean, Math.sqrt(variance / rows), rows - 1, errorRate);
  }
}
