package org.meadefender.train;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.combine.Watermark;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Measures a network between epochs, always on the same rows. */
final class Evaluator {
  /** A standard error of at most 3 points. */
  private static final int ROWS = 300;

  private final Model network;
  private final DataSetIterator test;
  private final List<MarkMeasurement> measurements;

  Evaluator(Model network, List<Watermark> watermarks, DataSetIterator test) {
    this.network = network;
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

  Evaluation evaluate() {
    test.reset();
    double accuracy = Networks.accuracy(network, test);
    SuspectModel model = SuspectModel.of(network);
    return new Evaluation(
        accuracy, measurements.stream().map(measurement -> measurement.on(model)).toList());
  }
}
