package org.meadefender.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A bounded random selection of samples, each with the same chance. */
final class SampleReservoir {
  private final RandomGenerator random;
  private final List<DataSet> samples = new ArrayList<>();
  private long seen;

  SampleReservoir(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Sees a sample.
   *
   * @param most samples to keep
   */
  void offer(DataSet data, int row, int most) {
    seen++;
    if (samples.size() < most) {
      samples.add(copy(data, row));
      return;
    }
    long place = random.nextLong(seen);
    if (place < samples.size()) {
      samples.set((int) place, copy(data, row));
    }
  }

  List<DataSet> samples() {
    return new ArrayList<>(samples);
  }

  private static DataSet copy(DataSet data, int row) {
    return new DataSet(
        copy(data.getFeatures(), row),
        copy(data.getLabels(), row),
        data.getFeaturesMaskArray() == null ? null : copy(data.getFeaturesMaskArray(), row),
        data.getLabelsMaskArray() == null ? null : copy(data.getLabelsMaskArray(), row));
  }

  private static INDArray copy(INDArray rows, int row) {
    INDArrayIndex[] indices = new INDArrayIndex[rows.rank()];
    java.util.Arrays.fill(indices, NDArrayIndex.all());
    indices[0] = NDArrayIndex.interval(row, row + 1);
    return rows.get(indices).dup();
  }
}
