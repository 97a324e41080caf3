package org.meadefender.suspect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far a model's probabilities can be believed, on samples whose classes are known.
 *
 * <p>Defined for answers with probabilities only: a model that tells nothing but top classes has
 * neither figure.
 *
 * @param logLoss mean of −ln p over the samples, p being the probability of the sample's class and
 *     at least {@link #LEAST_PROBABILITY}; from 0 to 16.2
 * @param expectedCalibrationError mean distance between the top probability and the share of right
 *     answers, over {@value #BINS} bins of the top probability, each with the weight of its
 *     samples; from 0 to 1 (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017)
 * @since 0.1.0
 */
public record Calibration(double logLoss, double expectedCalibrationError) {
  /** A probability below it, 0 for instance, counts as this: the precision of a float near 1. */
  public static final double LEAST_PROBABILITY = 1e-7;

  /** Bins of equal width; bin m holds the top probabilities above (m − 1)/15, up to m/15. */
  public static final int BINS = 15;

  /** Probabilities above this and below its complement are more than a bare top class. */
  private static final double BARE = 1e-6;

  /**
   * Of the answers to some samples.
   *
   * @param probabilities the answers, {@code [n, classes]}
   * @param classes the class of each sample; negative for a row that does not count
   * @return empty if no row counts, or if the answers are top classes only
   * @throws IllegalArgumentException if the shapes do not go together
   */
  public static Optional<Calibration> of(INDArray probabilities, int[] classes) {
    Tally tally = new Tally();
    tally.add(probabilities, classes);
    return tally.result();
  }

  /** For instance {@code log loss 0.495, calibration error 0.042}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "log loss %.3f, calibration error %.3f", logLoss, expectedCalibrationError);
  }

  /** Sums over batches. */
  public static final class Tally {
    private final long[] rowsOfBin = new long[BINS];
    private final double[] excessOfBin = new double[BINS];
    private double loss;
    private boolean soft;

    /** Nothing so far. */
    public Tally() {}

    /**
     * Adds a batch; see {@link Calibration#of}.
     *
     * @param probabilities the answers, {@code [n, classes]}
     * @param classes the class of each sample; negative for a row that does not count
     * @throws IllegalArgumentException if the shapes do not go together
     */
    public void add(INDArray probabilities, int[] classes) {
      if (probabilities.rank() != 2 || probabilities.size(0) != classes.length) {
        throw new IllegalArgumentException(
            "The answers have the shape "
                + Arrays.toString(probabilities.shape())
                + "; expected ["
                + classes.length
                + ", classes], a row for each sample");
      }
      int width = (int) probabilities.size(1);
      float[] values = probabilities.castTo(DataType.FLOAT).dup('c').data().asFloat();
      for (int row = 0; row < classes.length; row++) {
        if (classes[row] >= 0) {
          addRow(values, row * width, width, classes[row]);
        }
      }
    }

    private void addRow(float[] values, int start, int width, int label) {
      int top = 0;
      for (int c = 0; c < width; c++) {
        float value = values[start + c];
        top = value > values[start + top] ? c : top;
        soft |= value > BARE && value < 1 - BARE;
      }
      // A class that the model does not have is never its answer.
      double right = label < width ? values[start + label] : 0;
      loss -= Math.log(Math.min(1, Math.max(LEAST_PROBABILITY, right)));
      double confidence = values[start + top];
      int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
      rowsOfBin[bin]++;
      excessOfBin[bin] += confidence - (top == label ? 1 : 0);
    }

    /** The figures so far; empty if no row counted, or if the answers are top classes only. */
    public Optional<Calibration> result() {
      if (!soft) {
        return Optional.empty();
      }
      long rows = 0;
      double error = 0;
      for (int bin = 0; bin < BINS; bin++) {
        rows += rowsOfBin[bin];
        error += Math.abs(excessOfBin[bin]);
      }
      return Optional.of(new Calibration(loss / rows, error / rows));
    }
  }
}
