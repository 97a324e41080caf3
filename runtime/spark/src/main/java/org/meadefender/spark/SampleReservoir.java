package org.meadefender.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.Reservoir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A bounded random selection of samples, each with the same chance. */
final class SampleReservoir {
  private final Reservoir<MultiDataSet> samples;

  /**
   * Nothing so far.
   *
   * @param capacity most that are kept
   */
  SampleReservoir(int capacity, RandomGenerator random) {
    this.samples = new Reservoir<>(capacity, random);
  }

  /**
   * Sees a sample.
   *
   * @param most samples to keep
   */
  void offer(MultiDataSet data, int row, int most) {
    samples.offer(() -> copy(data, row), most);
  }

  List<MultiDataSet> samples() {
    return new ArrayList<>(samples.kept());
  }

  private static MultiDataSet copy(MultiDataSet data, int row) {
    return new org.nd4j.linalg.dataset.MultiDataSet(
        copies(data.getFeatures(), row),
        copies(data.getLabels(), row),
        copies(data.getFeaturesMaskArrays(), row),
        copies(data.getLabelsMaskArrays(), row));
  }

  private static @Nullable INDArray @Nullable [] copies(
      @Nullable INDArray @Nullable [] arrays, int row) {
    if (arrays == null) {
      return null;
    }
    @Nullable INDArray[] copies = new @Nullable INDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      INDArray array = arrays[i];
      copies[i] = array == null ? null : copy(array, row);
    }
    return copies;
  }

  private static INDArray copy(INDArray rows, int row) {
    INDArrayIndex[] indices = new INDArrayIndex[rows.rank()];
    java.util.Arrays.fill(indices, NDArrayIndex.all());
    indices[0] = NDArrayIndex.interval(row, row + 1);
    return rows.get(indices).dup();
  }
}
