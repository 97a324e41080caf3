package org.meadefender.internal.evaluation;

import java.util.BitSet;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.LabelRows;
import org.meadefender.internal.network.Networks;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Evaluation;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Measures networks, always on the same held-out samples and watermark rows. */
public final class Evaluator {
  /** A standard error of at most 3 points. */
  private static final int ROWS = 300;

  /** Watermark rows, evasion rows and other class pairs. */
  public static final int ROWS_PER_MARK = 3 * ROWS;

  private final DataSetIterator test;
  private final List<MarkMeasurement> measurements;

  /**
   * Makes the rows.
   *
   * @param test held-out samples, of both source classes at least; labels {@code [n, classes]};
   *     resettable
   */
  public Evaluator(List<Watermark> watermarks, DataSetIterator test) {
    this.test = test;
    this.measurements =
        watermarks.stream()
            .map(
                mark -> {
                  test.reset();
                  return MarkMeasurement.prepare(mark, test, ROWS);
                })
            .toList();
  }

  /** Measures a network with all held-out samples. */
  public Evaluation evaluate(Model network) {
    test.reset();
    return new Evaluation(Networks.accuracy(network, test), marks(network));
  }

  /**
   * The same with an accuracy of fewer samples.
   *
   * @param rows at least so many, the first, where there are as many
   */
  public Evaluation evaluate(Model network, long rows) {
    Right right = right(network, rows);
    return new Evaluation((double) right.places.cardinality() / right.rows, marks(network));
  }

  /**
   * Which held-out samples a network classifies correctly.
   *
   * @param places those samples, by their places
   * @param rows number of samples that it was asked about
   */
  public record Right(BitSet places, int rows) {}

  /** Asks about all held-out samples, or at least so many of the first. */
  public Right right(Model network, long most) {
    test.reset();
    SuspectModel model = SuspectModel.of(network);
    BitSet places = new BitSet();
    int rows = 0;
    while (rows < most && test.hasNext()) {
      DataSet batch = test.next();
      int[] answers = model.predict(batch.getFeatures()).argMax(1).toIntVector();
      LabelRows labels = LabelRows.of(batch.getLabels(), batch.getLabelsMaskArray());
      for (int row = 0; row < labels.size(); row++) {
        if (labels.classOf(row) != LabelRows.NOBODY) {
          places.set(rows, answers[row] == labels.classOf(row));
          rows++;
        }
      }
    }
    return new Right(places, rows);
  }

  /** Number of held-out samples. */
  public long rows() {
    test.reset();
    long rows = 0;
    while (test.hasNext()) {
      rows += test.next().numExamples();
    }
    return rows;
  }

  private List<WatermarkRates> marks(Model network) {
    SuspectModel model = SuspectModel.of(network);
    return measurements.stream().map(measurement -> measurement.on(model)).toList();
  }
}
