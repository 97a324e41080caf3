package org.meadefender.internal.evaluation;

import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.LabelRows;
import org.meadefender.internal.batch.ReadAheadIterator;
import org.meadefender.internal.network.Networks;
import org.meadefender.suspect.Calibration;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Evaluation;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.SourceAnswers;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Measures networks, always on the same held-out samples and watermark rows. */
public final class Evaluator {
  /** A standard error of at most 3 points. */
  private static final int ROWS = 300;

  /** Watermark rows, evasion rows and other class pairs. */
  public static final int ROWS_PER_MARK = 3 * ROWS;

  private final DataSetIterator test;
  private final List<Watermark> watermarks;
  private final List<MarkMeasurement> measurements;

  /**
   * Makes the rows.
   *
   * @param test held-out samples, of both source classes at least; labels {@code [n, classes]};
   *     resettable
   */
  public Evaluator(List<Watermark> watermarks, DataSetIterator test) {
    this.test = test;
    this.watermarks = List.copyOf(watermarks);
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
    return evaluate(network, Long.MAX_VALUE);
  }

  /**
   * The same with an accuracy, calibration and source answers of fewer samples.
   *
   * @param rows at least so many, the first, where there are as many
   */
  public Evaluation evaluate(Model network, long rows) {
    Calibration.Tally calibration = new Calibration.Tally();
    List<SourceAnswers.Tally> sources = watermarks.stream().map(SourceAnswers.Tally::new).toList();
    Right right =
        right(
            network,
            rows,
            (answers, classes) -> {
              calibration.add(answers, classes);
              sources.forEach(each -> each.add(answers, classes));
            });
    return new Evaluation(
        (double) right.places.cardinality() / right.rows,
        calibration.result(),
        marks(network),
        sources.stream().map(SourceAnswers.Tally::result).toList());
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
    return right(network, most, (answers, classes) -> {});
  }

  /**
   * The same.
   *
   * @param observer gets the answers to each batch, and the classes of its samples
   */
  private Right right(Model network, long most, BiConsumer<INDArray, int[]> observer) {
    test.reset();
    BitSet places = new BitSet();
    int rows = 0;
    try (ReadAheadIterator data = new ReadAheadIterator(test)) {
      while (rows < most && data.hasNext()) {
        DataSet batch = data.next();
        INDArray answers = Networks.answers(network, batch);
        int[] tops = answers.argMax(1).toIntVector();
        LabelRows labels = LabelRows.of(batch.getLabels(), batch.getLabelsMaskArray());
        int[] classes = IntStream.range(0, labels.size()).map(labels::classOf).toArray();
        observer.accept(answers, classes);
        for (int row = 0; row < classes.length; row++) {
          if (classes[row] != LabelRows.NOBODY) {
            places.set(rows, tops[row] == classes[row]);
            rows++;
          }
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
