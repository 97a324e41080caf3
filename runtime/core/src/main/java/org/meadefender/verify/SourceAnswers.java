package org.meadefender.verify;

import java.util.Locale;
import org.meadefender.combine.Watermark;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a model answers on ordinary samples of a watermark's sources: high values are a trace of the
 * mark, which whoever asks can see. An unmarked model gives the mark's target little there.
 *
 * @param targetGivenA p(C|A): mean probability of the target on samples of source A, from 0 to 1;
 *     of a model that tells top classes only, the share that it answers with the target; NaN
 *     without samples
 * @param targetGivenB p(C|B): the same of source B
 * @since 0.1.0
 */
public record SourceAnswers(double targetGivenA, double targetGivenB) {
  /** For instance {@code p(C|A) 0.227, p(C|B) 0.294}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "p(C|A) %.3f, p(C|B) %.3f", targetGivenA, targetGivenB);
  }

  /** Sums over batches. */
  public static final class Tally {
    private final int sourceA;
    private final int sourceB;
    private final int target;
    private double sumOfA;
    private double sumOfB;
    private long rowsOfA;
    private long rowsOfB;

    /** Nothing so far. */
    public Tally(Watermark mark) {
      sourceA = mark.spec().sourceA();
      sourceB = mark.spec().sourceB();
      target = mark.target();
    }

    /**
     * Adds a batch.
     *
     * @param probabilities the answers, {@code [n, classes]}
     * @param classes the true class of each sample; negative for a row that does not count
     */
    public void add(INDArray probabilities, int[] classes) {
      int width = (int) probabilities.size(1);
      float[] values = probabilities.castTo(DataType.FLOAT).dup('c').data().asFloat();
      for (int row = 0; row < classes.length; row++) {
        // A class that the model does not have is never its answer.
        double answer = target < width ? values[row * width + target] : 0;
        if (classes[row] == sourceA) {
          sumOfA += answer;
          rowsOfA++;
        } else if (classes[row] == sourceB) {
          sumOfB += answer;
          rowsOfB++;
        }
      }
    }

    /** The means so far. */
    public SourceAnswers result() {
      return new SourceAnswers(sumOfA / rowsOfA, sumOfB / rowsOfB);
    }
  }
}
