package org.meadefender.attack.detection;

import java.util.stream.IntStream;
import org.meadefender.data.LabelledSamples;

/**
 * What a model answers on ordinary samples, class by class: for each class a of the samples and
 * each answered class c
 *
 * <ul>
 *   <li>the level: log-odds of the mean probability of c,
 *   <li>the typical answer: mean log-odds of the probability of c. It comes near the level only
 *       where all samples of the class get about the same, as coupled labels make them; natural
 *       confusion is that of a few samples, and leaves it far below.
 * </ul>
 *
 * <p>Probabilities, and means of them, count as 1e-4 at least and 1 − 1e-4 at most, so that answers
 * of top classes only have a profile too.
 */
public final class AnswerProfile {
  private static final double LEAST = 1e-4;

  private final double[][] means;
  private final double[][] typical;
  private final int[] rows;

  private AnswerProfile(double[][] means, double[][] typical, int[] rows) {
    this.means = means;
    this.typical = typical;
    this.rows = rows;
  }

  /**
   * By the model's own top classes, for whoever has no labels.
   *
   * @param answered samples with the model's answers as labels
   */
  public static AnswerProfile of(LabelledSamples answered) {
    return of(answered, IntStream.range(0, answered.size()).map(answered::topClass).toArray());
  }

  /**
   * By known classes.
   *
   * @param answered samples with the model's answers as labels
   * @param classes the class of each sample, from 0 to below the number of answered classes
   * @throws IllegalArgumentException if there are fewer or more classes than samples
   */
  public static AnswerProfile of(LabelledSamples answered, int[] classes) {
    if (classes.length != answered.size()) {
      throw new IllegalArgumentException(
          "There are "
              + answered.size()
              + " answers and the classes of "
              + classes.length
              + " samples; expected as many");
    }
    int width = answered.width();
    double[][] means = new double[width][width];
    double[][] typical = new double[width][width];
    int[] rows = new int[width];
    float[][] answers = answered.labels(0, answered.size()).toFloatMatrix();
    for (int row = 0; row < answers.length; row++) {
      int a = classes[row];
      rows[a]++;
      for (int c = 0; c < width; c++) {
        means[a][c] += answers[row][c];
        typical[a][c] += logOdds(answers[row][c]);
      }
    }
    for (int a = 0; a < width; a++) {
      for (int c = 0; c < width; c++) {
        means[a][c] /= Math.max(1, rows[a]);
        typical[a][c] /= Math.max(1, rows[a]);
      }
    }
    return new AnswerProfile(means, typical, rows);
  }

  private static double logOdds(double probability) {
    double p = Math.max(LEAST, Math.min(1 - LEAST, probability));
    return Math.log(p / (1 - p));
  }

  /** Number of classes. */
  public int classes() {
    return rows.length;
  }

  /** Number of samples of a class. */
  public int rows(int a) {
    return rows[a];
  }

  /** Mean probability of c on the samples of a, from 0 to 1; 0 without samples. */
  public double mean(int a, int c) {
    return means[a][c];
  }

  /** Log-odds of the mean probability of c on the samples of a. */
  double level(int a, int c) {
    return logOdds(means[a][c]);
  }

  /** Mean log-odds of the probability of c on the samples of a. */
  double typical(int a, int c) {
    return typical[a][c];
  }
}
