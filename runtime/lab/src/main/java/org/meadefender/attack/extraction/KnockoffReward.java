package org.meadefender.attack.extraction;

/**
 * The reward of adaptive knockoff nets: the mean of certainty margin, diversity and loss, each
 * brought to mean 0 and variance 1 over the rewards so far.
 */
final class KnockoffReward {
  private static final int PARTS = 3;
  private static final double TINY = 1e-12;

  private final double[] mean = new double[PARTS];
  private final double[] variance = new double[PARTS];
  private double[] meanAnswer = {};
  private int n;

  /**
   * The reward of one query.
   *
   * @param victim the victim's answer
   * @param student the student's answer after learning it
   */
  double of(float[] victim, float[] student) {
    n++;
    double[] parts = {margin(victim), diversity(victim), loss(victim, student)};
    double sum = 0;
    for (int i = 0; i < PARTS; i++) {
      mean[i] += (parts[i] - mean[i]) / n;
      double deviation = parts[i] - mean[i];
      variance[i] += (deviation * deviation - variance[i]) / n;
      sum += n > 1 ? deviation / Math.sqrt(variance[i] + TINY) : Math.max(0, Math.min(1, parts[i]));
    }
    return sum / PARTS;
  }

  private static double margin(float[] answer) {
    float first = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (float p : answer) {
      if (p > first) {
        second = first;
        first = p;
      } else if (p > second) {
        second = p;
      }
    }
    return first - second;
  }

  private double diversity(float[] answer) {
    if (meanAnswer.length == 0) {
      meanAnswer = new double[answer.length];
    }
    double sum = 0;
    for (int c = 0; c < answer.length; c++) {
      meanAnswer[c] += (answer[c] - meanAnswer[c]) / n;
      sum += Math.max(0, answer[c] - meanAnswer[c]);
    }
    return sum;
  }

  private static double loss(float[] victim, float[] student) {
    double sum = 0;
    for (int c = 0; c < victim.length; c++) {
      sum -= victim[c] * Math.log(student[c] + TINY);
    }
    return sum;
  }
}
