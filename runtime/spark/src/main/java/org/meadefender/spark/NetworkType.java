package org.meadefender.spark;

import java.io.Serializable;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Gives data the network's data type, on the workers: Deeplearning4j joins elements into
 * minibatches, which those of different types cannot become.
 *
 * @param type of the network's parameters
 */
record NetworkType(DataType type) implements Serializable {
  static NetworkType of(Model network) {
    return new NetworkType(network.params().dataType());
  }

  /** The same data, if they have the type already; the user's own are never changed. */
  DataSet cast(DataSet data) {
    return fits(data.getFeatures(), data.getLabels())
        ? data
        : new DataSet(
            cast(data.getFeatures()),
            cast(data.getLabels()),
            castOrNull(data.getFeaturesMaskArray()),
            castOrNull(data.getLabelsMaskArray()));
  }

  /** See {@link #cast(DataSet)}. */
  MultiDataSet cast(MultiDataSet data) {
    return fits(data.getFeatures()) && fits(data.getLabels())
        ? data
        : new org.nd4j.linalg.dataset.MultiDataSet(
            cast(data.getFeatures()),
            cast(data.getLabels()),
            castOrNull(data.getFeaturesMaskArrays()),
            castOrNull(data.getLabelsMaskArrays()));
  }

  private boolean fits(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (array.dataType() != type) {
        return false;
      }
    }
    return true;
  }

  private INDArray cast(INDArray array) {
    return array.castTo(type);
  }

  private @Nullable INDArray castOrNull(@Nullable INDArray array) {
    return array == null ? null : cast(array);
  }

  private INDArray[] cast(INDArray[] arrays) {
    INDArray[] cast = new INDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      cast[i] = cast(arrays[i]);
    }
    return cast;
  }

  private @Nullable INDArray @Nullable [] castOrNull(@Nullable INDArray @Nullable [] arrays) {
    if (arrays == null) {
      return null;
    }
    @Nullable INDArray[] cast = new @Nullable INDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      cast[i] = castOrNull(arrays[i]);
    }
    return cast;
  }
}
