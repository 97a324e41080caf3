package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MixedBatchTest {
  private static final int ROWS = 4;
  private static final int LENGTH = 2 * 3 * 5;

  /** The same rows in other layouts in memory. */
  static Stream<INDArray> layouts() {
    INDArray rows = rows();
    INDArray larger = Nd4j.zeros(DataType.FLOAT, ROWS + 3, 2, 3, 5);
    INDArray part = larger.get(NDArrayIndex.interval(2, ROWS + 2));
    part.assign(rows);
    return Stream.of(
        rows,
        part,
        rows.dup('f'),
        rows.castTo(DataType.DOUBLE),
        rows.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void samplesAreTheBatchsRows(INDArray features) {
    INDArray labels = Nd4j.eye(ROWS).castTo(features.dataType());
    MixedBatch batch = new MixedBatch(new MultiDataSet(features, labels), 0, new RowIds(), ROWS);
    INDArray expected = rows();
    for (int row = 0; row < ROWS; row++) {
      assertThat(batch.sample(row).inputs().get(0).sample().values())
          .containsExactly(expected.slice(row).dup('c').data().asFloat());
      assertThat(batch.sample(row).probabilities()[row]).isEqualTo(1);
    }
  }

  @Test
  void samplesAreCopies() {
    INDArray features = rows();
    MixedBatch batch =
        new MixedBatch(new MultiDataSet(features, Nd4j.eye(ROWS)), 0, new RowIds(), ROWS);
    float[] values = batch.sample(1).inputs().get(0).sample().values();
    float first = values[0];
    features.assign(7);
    assertThat(values[0]).isEqualTo(first);
  }

  private static INDArray rows() {
    double[] values = new Random(1).doubles(ROWS * LENGTH).toArray();
    return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape(ROWS, 2, 3, 5);
  }
}
